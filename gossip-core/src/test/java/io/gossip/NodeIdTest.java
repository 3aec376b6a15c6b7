package io.gossip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NodeIdTest {

	@Test
	void anIdentityFollowsFromTheNamesOfClusterAndNodeAlone() {
		// Stable for ever: a restart after an upgrade must be the same node.
		assertThat(NodeId.ofName("default", "node1")).isEqualTo(NodeId.ofName("default", "node1"))
			.hasToString("cea46ef08c0e9754");
		assertThat(NodeId.ofName("default", "node2")).isNotEqualTo(NodeId.ofName("default", "node1"));
		assertThat(NodeId.ofName("other", "node1")).isNotEqualTo(NodeId.ofName("default", "node1"));
		assertThat(NodeId.ofName("ab", "c")).as("the border between the names counts")
			.isNotEqualTo(NodeId.ofName("a", "bc"));
	}

	@Test
	void tenThousandNamesHaveAsManyIdentities() {
		Set<NodeId> ids = new HashSet<>();
		for (int i = 0; i < 10_000; i++) {
			ids.add(NodeId.ofName("cluster", "node-" + i));
		}
		assertThat(ids).hasSize(10_000);
	}

	@Test
	void zeroIsNoIdentity() {
		assertThatIllegalArgumentException().isThrownBy(() -> new NodeId(0)).withMessageContaining("0");
		RandomGenerator zeros = () -> 0;
		assertThat(NodeId.random(zeros).value()).isNotZero();
		assertThat(NodeId.random(new SplittableRandom(1))).isNotEqualTo(NodeId.random(new SplittableRandom(2)));
	}

	@Test
	void identitiesAreOrderedAsTheirTextIs() {
		SplittableRandom random = new SplittableRandom(3);
		List<NodeId> ids = new ArrayList<>(List.of(new NodeId(-1), new NodeId(1), new NodeId(Long.MIN_VALUE)));
		for (int i = 0; i < 100; i++) {
			ids.add(NodeId.random(random));
		}
		Collections.sort(ids);
		assertThat(ids.stream().map(NodeId::toString).toList()).isSorted().allMatch((text) -> text.length() == 16);
	}

}
