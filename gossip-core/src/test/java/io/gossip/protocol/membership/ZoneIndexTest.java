package io.gossip.protocol.membership;

import io.gossip.Zone;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ZoneIndexTest {

	private final ZoneIndex index = new ZoneIndex();

	@Test
	void aZoneKeepsItsNumberAndNoneHasZero() {
		assertThat(this.index.of(Zone.NONE)).isZero();
		assertThat(this.index.of(new Zone("a"))).isEqualTo(1);
		assertThat(this.index.of(new Zone("b"))).isEqualTo(2);
		assertThat(this.index.of(new Zone("a"))).isEqualTo(1);
		assertThat(this.index.zone(2)).isEqualTo(new Zone("b"));
		assertThat(this.index.zone(0)).isEqualTo(Zone.NONE);
	}

	@Test
	void aHashFindsItsZoneAndNoOther() {
		this.index.of(new Zone("ab"));
		this.index.of(new Zone("ba"));
		assertThat(this.index.ofHash(this.index.hash(1))).isEqualTo(1);
		assertThat(this.index.ofHash(this.index.hash(2))).isEqualTo(2);
		assertThat(this.index.ofHash(42)).isZero();
	}

	@Test
	void zonesBeyondTheLimitCountAsNone() {
		for (int i = 1; i <= ZoneIndex.ZONES_MAX; i++) {
			assertThat(this.index.of(new Zone("zone-" + i))).isEqualTo(i);
		}
		assertThat(this.index.of(new Zone("one-too-many"))).isZero();
		assertThat(this.index.count()).isEqualTo(ZoneIndex.ZONES_MAX);
	}

}
