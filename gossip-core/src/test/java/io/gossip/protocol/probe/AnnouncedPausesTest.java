package io.gossip.protocol.probe;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AnnouncedPausesTest {

	private final AnnouncedPauses pauses = new AnnouncedPauses();

	@Test
	void anAnnouncementCountsForItsIncarnationAndItsStartAlone() {
		assertThat(this.pauses.announce(0, 5, 3, 77, 1, 100)).isEqualTo(AnnouncedPauses.Verdict.NEW);
		assertThat(this.pauses.isAnnounced(5, 3, 77)).isTrue();
		assertThat(this.pauses.isAnnounced(5, 4, 77)).isFalse();
		assertThat(this.pauses.isAnnounced(5, 3, 78)).isFalse();
		assertThat(this.pauses.isAnnounced(6, 3, 77)).isFalse();
	}

	@Test
	void whatWasHeardBeforeDoesNotMakeThePauseLonger() {
		this.pauses.announce(0, 5, 3, 77, 2, 100);
		assertThat(this.pauses.announce(50, 5, 3, 77, 2, 150)).isEqualTo(AnnouncedPauses.Verdict.KNOWN);
		assertThat(this.pauses.announce(50, 5, 3, 77, 1, 900)).isEqualTo(AnnouncedPauses.Verdict.KNOWN);
		assertThat(this.pauses.endNanos(5)).isEqualTo(100);
		assertThat(this.pauses.announce(50, 5, 3, 77, 3, 150)).isEqualTo(AnnouncedPauses.Verdict.NEW);
		assertThat(this.pauses.endNanos(5)).isEqualTo(150);
		assertThat(this.pauses.announce(50, 5, 4, 78, 1, 160)).as("another start")
			.isEqualTo(AnnouncedPauses.Verdict.NEW);
	}

	@Test
	void thereIsRoomForSoManyAndForMoreWhenSomeAreOver() {
		for (int id = 1; id <= AnnouncedPauses.PAUSES_MAX; id++) {
			assertThat(this.pauses.announce(0, id, 1, 1, 1, 100 + id)).isEqualTo(AnnouncedPauses.Verdict.NEW);
		}
		assertThat(this.pauses.announce(0, 999, 1, 1, 1, 500)).isEqualTo(AnnouncedPauses.Verdict.FULL);
		assertThat(this.pauses.announce(101, 999, 1, 1, 1, 500)).isEqualTo(AnnouncedPauses.Verdict.NEW);
		assertThat(this.pauses.isAnnounced(1, 1, 1)).isFalse();
		assertThat(this.pauses.isAnnounced(2, 1, 1)).isTrue();
	}

}
