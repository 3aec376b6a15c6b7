package io.gossip.protocol.probe;

import java.util.Collections;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.membership.MembershipTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ZoneGuardTest {

	private static final long SECOND = 1_000_000_000L;

	private final MembershipTable table = new MembershipTable(16, (id, before, after) -> {
	});

	private final ZoneGuard guard = new ZoneGuard(this.table);

	private int zone(String name, int members) {
		for (int i = 0; i < members; i++) {
			long id = this.table.size() + 1L;
			this.table.add(new Member(new NodeId(id), 1, "m" + id, Address.ofIpv4((int) id, 7946), new Zone(name),
					Collections.emptySortedMap(), 1, 1, 1), MemberState.ALIVE, 1, 1, 0);
		}
		return this.table.zones().of(new Zone(name));
	}

	private void accuse(long nowNanos, int zone, int times) {
		for (int i = 0; i < times; i++) {
			this.guard.onAccused(nowNanos, zone);
		}
	}

	@Test
	void fiveMembersAndATenthWithinThreeSecondsLookLikeACut() {
		int small = zone("small", 20);
		int large = zone("large", 100);
		accuse(0, small, 4);
		assertThat(this.guard.looksCut(0, small)).as("four of 20").isFalse();
		accuse(0, small, 1);
		assertThat(this.guard.looksCut(0, small)).as("five of 20").isTrue();
		assertThat(this.guard.looksCut(2 * SECOND, small)).isTrue();
		assertThat(this.guard.looksCut(4 * SECOND, small)).as("accusations of long ago").isFalse();
		accuse(9 * SECOND, large, 9);
		assertThat(this.guard.looksCut(9 * SECOND, large)).as("nine of 100").isFalse();
		accuse(9 * SECOND, large, 1);
		assertThat(this.guard.looksCut(9 * SECOND, large)).as("ten of 100").isTrue();
	}

	@Test
	void aZoneIsNotCutOffWhereTheOthersFareHalfAsBad() {
		int one = zone("one", 40);
		int other = zone("other", 80);
		accuse(0, one, 6);
		accuse(0, other, 6);
		assertThat(this.guard.looksCut(0, one)).as("15 % against 7.5 %").isFalse();
		accuse(0, one, 1);
		assertThat(this.guard.looksCut(0, one)).as("17.5 % against 7.5 %").isTrue();
	}

	@Test
	void twoZonesMayBeCutOffAtOnce() {
		int here = zone("here", 40);
		int one = zone("one", 40);
		int other = zone("other", 40);
		accuse(0, one, 10);
		accuse(0, other, 10);
		assertThat(this.guard.looksCut(0, one)).isTrue();
		assertThat(this.guard.looksCut(0, other)).isTrue();
		assertThat(this.guard.looksCut(0, here)).isFalse();
	}

	@Test
	void threePacketsEndACut() {
		int zone = zone("zone", 10);
		this.guard.cut(zone);
		assertThat(this.guard.isCut(zone)).isTrue();
		assertThat(this.guard.onHeard(1, zone)).isFalse();
		assertThat(this.guard.onHeard(2, zone)).isFalse();
		assertThat(this.guard.onHeard(3, zone)).isTrue();
		this.guard.reopen(zone);
		assertThat(this.guard.isCut(zone)).isFalse();
		assertThat(this.guard.isAnyCut()).isFalse();
	}

	@Test
	void aZoneThatWasNeverHeardIsNotHeardWhateverTheClockSays() {
		int zone = zone("zone", 10);
		assertThat(this.guard.isHeardSince(Long.MIN_VALUE / 4, zone)).isFalse();
		this.guard.onHeard(Long.MIN_VALUE / 4 + 1, zone);
		assertThat(this.guard.isHeardSince(Long.MIN_VALUE / 4, zone)).isTrue();
		assertThat(this.guard.isHeardSince(Long.MIN_VALUE / 4 + 1, zone)).isFalse();
	}

}
