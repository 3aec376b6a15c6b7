package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.protocol.wire.SnapshotShare;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotQueueTest {

	private static final long SECOND = 1_000_000_000L;

	/** 1,000 bytes a second. */
	private final SnapshotQueue queue = new SnapshotQueue(1000);

	@Test
	void theSettingPacesWhatIsTold() {
		this.queue.tryAdd(0, whole(1, 900));
		assertThat(this.queue.waitNanos(0)).isZero();
		this.queue.onSent(0, 750, false);
		assertThat(this.queue.waitNanos(0)).as("a quarter of a second's bytes at once").isEqualTo(SECOND / 2);
	}

	@Test
	void whoeverHasMoreToTellThanTheSettingAllowsTellsItWithinASecond() {
		this.queue.tryAdd(0, whole(1, 10_000));
		this.queue.onSent(0, 7_250, false);
		assertThat(this.queue.waitNanos(0)).as("beside what may go at once").isEqualTo(SECOND / 10 * 7);
	}

	@Test
	void whoWouldWaitForMoreThanASecondIsSentElsewhere() {
		assertThat(this.queue.tryAdd(0, whole(1, 600))).isTrue();
		assertThat(this.queue.tryAdd(0, whole(2, 400))).isTrue();
		assertThat(this.queue.tryAdd(0, whole(3, 100))).isFalse();
	}

	@Test
	void noMoreTransfersWaitThanTheLimitHoweverShortTheyAre() {
		for (int joiner = 1; joiner <= 1024; joiner++) {
			assertThat(this.queue.tryAdd(0, whole(joiner, 0))).isTrue();
		}
		assertThat(this.queue.tryAdd(0, whole(1025, 0))).isFalse();
		this.queue.onSent(0, 0, true);
		assertThat(this.queue.tryAdd(0, whole(1025, 0))).isTrue();
	}

	@Test
	void whoWouldWaitForAShareForLongerThanItIsPatientIsSentElsewhere() {
		assertThat(this.queue.tryAdd(0, share(1, 0, 200))).isTrue();
		assertThat(this.queue.tryAdd(0, share(2, 0, 100))).isTrue();
		assertThat(this.queue.tryAdd(0, share(3, 0, 100))).isFalse();
	}

	@Test
	void whatWaitsBehindALargeTransferDoesNotSlowItDown() {
		SnapshotTransfer large = whole(1, 100_000);
		this.queue.tryAdd(0, large);
		this.queue.onSent(0, 50_000, false);
		long alone = this.queue.waitNanos(0);
		this.queue.tryAdd(0, share(2, 0, 100));
		assertThat(this.queue.waitNanos(0)).isEqualTo(alone).isLessThan(SECOND);
	}

	@Test
	void whatIsRefusedDoesNotHurryWhatIsUnderWay() {
		this.queue.tryAdd(0, whole(1, 1000));
		this.queue.onSent(0, 1000, false);
		long before = this.queue.waitNanos(0);
		assertThat(this.queue.tryAdd(0, share(2, 0, 1_000_000))).isFalse();
		assertThat(this.queue.waitNanos(0)).isEqualTo(before);
	}

	@Test
	void theSameQuestionForAShareIsUnderWayUntilItIsAnswered() {
		this.queue.tryAdd(0, share(1, 3, 100));
		assertThat(this.queue.isUnderWay(question(1, new SnapshotShare(3, 8)))).isTrue();
		assertThat(this.queue.isUnderWay(question(1, new SnapshotShare(4, 8)))).isFalse();
		assertThat(this.queue.isUnderWay(question(2, new SnapshotShare(3, 8)))).isFalse();
		this.queue.onSent(0, 100, true);
		assertThat(this.queue.isUnderWay(question(1, new SnapshotShare(3, 8)))).isFalse();
	}

	private static SnapshotTransfer whole(int joiner, long bytes) {
		return new SnapshotTransfer(question(joiner, SnapshotShare.WHOLE), SnapshotShare.WHOLE, bytes);
	}

	private static SnapshotTransfer share(int joiner, int index, long bytes) {
		SnapshotShare share = new SnapshotShare(index, 8);
		return new SnapshotTransfer(question(joiner, share), share, bytes);
	}

	private static JoinQuestion question(int joiner, SnapshotShare share) {
		return new JoinQuestion(Address.ofIpv4(joiner, 7946), joiner, 1, 1, true, 1, 0, share);
	}

}
