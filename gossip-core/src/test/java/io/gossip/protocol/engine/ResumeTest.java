package io.gossip.protocol.engine;

import io.gossip.protocol.wire.WireLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ResumeTest {

	private final EngineHarness harness = new EngineHarness(43);

	private final Node node = this.harness.node("node");

	@Test
	void aNodeBeginsAboveItsEarlierStart() {
		this.node.engine.resumeFrom(7, 12);
		this.node.join();
		assertThat(this.node.engine.incarnation()).isEqualTo(8);
		assertThat(this.node.incarnationOf(this.node.id())).isEqualTo(8);
		assertThat(this.node.engine.self().contentVersion()).isEqualTo(13);
	}

	@Test
	void whatIsNotKnownChangesNothing() {
		this.node.engine.resumeFrom(0, 0);
		this.node.join();
		assertThat(this.node.engine.incarnation()).isOne();
		assertThat(this.node.engine.self().contentVersion()).isOne();
	}

	@Test
	void aNodeThatHasStartedCannotResume() {
		this.node.join();
		assertThatIllegalStateException().isThrownBy(() -> this.node.engine.resumeFrom(1, 1))
			.withMessageContaining("before it joins");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, WireLimits.VERSION_MAX - 1, Integer.MAX_VALUE })
	void whatNoStartCanHaveHadIsRefused(int version) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.node.engine.resumeFrom(version, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.node.engine.resumeFrom(1, version));
	}

}
