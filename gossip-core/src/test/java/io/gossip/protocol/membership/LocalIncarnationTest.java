package io.gossip.protocol.membership;

import io.gossip.protocol.wire.WireLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LocalIncarnationTest {

	private final LocalIncarnation versions = new LocalIncarnation();

	@Test
	void eachVersionIsRaisedByItselfAndOnlyAsFarAsNeeded() {
		this.versions.raiseAbove(7);
		assertThat(this.versions.incarnation()).isEqualTo(8);
		assertThat(this.versions.contentVersion()).isEqualTo(1);
		this.versions.raiseAbove(7);
		assertThat(this.versions.incarnation()).isEqualTo(8);
		this.versions.contentChanged();
		this.versions.raiseContentAbove(1);
		assertThat(this.versions.contentVersion()).isEqualTo(2);
		this.versions.raiseContentAbove(2);
		assertThat(this.versions.contentVersion()).isEqualTo(3);
		assertThat(this.versions.incarnation()).isEqualTo(8);
	}

	@Test
	void theHighestVersionOfTheWireCanStillBeAnswered() {
		this.versions.raiseAbove(WireLimits.VERSION_MAX);
		assertThat(this.versions.incarnation()).isEqualTo(WireLimits.VERSION_MAX + 1);
		assertThatThrownBy(() -> this.versions.raiseAbove(Integer.MAX_VALUE)).isInstanceOf(IllegalStateException.class);
	}

}
