package orders;

import io.gossip.GossipCluster;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README promises of tests, to somebody who has written the application. */
@SpringBootTest
class OrdersApplicationTests {

	@Test
	void theNodeOfATestListensOnLoopbackAndMeetsNobody(@Autowired GossipCluster cluster) {
		assertThat(cluster.localMember().address().isLoopback()).isTrue();
		assertThat(cluster.view().size()).isOne();
	}

	@Nested
	@SpringBootTest(
			properties = { "gossip.enabled=false", "management.endpoint.health.validate-group-membership=false" })
	class SwitchedOff {

		@Test
		void thereIsNoNode(@Autowired ObjectProvider<GossipCluster> cluster) {
			assertThat(cluster.getIfAvailable()).isNull();
		}

	}

}
