package io.gossip.boot.autoconfigure.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.SeedProvider;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.GossipConnectionDetails;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The profile "production" has a cluster with a fixed port, all interfaces and seeds, as
 * an {@code application.yml} may have them.
 */
class GossipTestIsolationTests {

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
	@ActiveProfiles("production")
	class ATest {

		@Test
		void isIsolatedFromTheClusterOfTheConfigurationFiles(@Autowired GossipConfig config,
				@Autowired SeedProvider seeds, @Autowired GossipCluster cluster) {
			assertThat(config.transport().port()).isZero();
			assertThat(config.transport().bindAddress()).isEqualTo("127.0.0.1");
			assertThat(seeds.seeds()).isEmpty();
			assertThat(cluster.localMember().address().port()).isNotIn(0, 7999);
		}

		@Test
		void hasNoPartInTheStateOfTheApplication(@Autowired GossipConfig config) {
			assertThat(config.node().stateDirectory()).isNull();
		}

		@Test
		void keepsAllOtherSettings(@Autowired GossipConfig config) {
			assertThat(config.node().cluster()).isEqualTo("production");
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
			properties = "gossip.seeds=127.0.0.1:1")
	@ActiveProfiles("production")
	class ATestWithPropertiesOfItsOwn {

		@Test
		void getsThem(@Autowired GossipConfig config, @Autowired SeedProvider seeds) {
			assertThat(seeds.seeds()).containsExactly("127.0.0.1:1");
			assertThat(config.transport().port()).isZero();
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
	@TestPropertySource(properties = "gossip.seeds=127.0.0.1:2")
	@ActiveProfiles("production")
	class ATestWithAPropertySource {

		@Test
		void getsIt(@Autowired SeedProvider seeds) {
			assertThat(seeds.seeds()).containsExactly("127.0.0.1:2");
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
	@ActiveProfiles("production")
	class ATestWithDynamicProperties {

		@DynamicPropertySource
		static void seeds(DynamicPropertyRegistry registry) {
			registry.add("gossip.seeds", () -> "127.0.0.1:3");
		}

		@Test
		void getsThem(@Autowired SeedProvider seeds) {
			assertThat(seeds.seeds()).containsExactly("127.0.0.1:3");
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
			properties = { "gossip.test.isolated=false", "gossip.transport.bind-address=127.0.0.1",
					"gossip.node.state-directory=" })
	@ActiveProfiles("production")
	class ATestThatIsNotIsolated {

		@Test
		void getsTheConfigurationFiles(@Autowired SeedProvider seeds) {
			assertThat(seeds.seeds()).containsExactly("127.0.0.1:4",
					"file:" + Path.of("target/no-such-seeds").toAbsolutePath());
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, SeedsOfARealCluster.class },
			webEnvironment = SpringBootTest.WebEnvironment.NONE)
	class ATestOfAnApplicationWithASeedProvider {

		@Test
		void asksItForNoSeeds(@Autowired SeedsOfARealCluster seeds, @Autowired GossipCluster cluster) {
			assertThat(seeds.isAskedBy(cluster)).isFalse();
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, SeedsOfARealCluster.class },
			webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = "gossip.test.seed-beans=true")
	class ATestThatWantsTheSeedsOfBeans {

		@Test
		void getsThem(@Autowired SeedsOfARealCluster seeds, @Autowired GossipCluster cluster) {
			assertThat(seeds.isAskedBy(cluster)).isTrue();
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, DetailsOfARealCluster.class },
			webEnvironment = SpringBootTest.WebEnvironment.NONE)
	class ATestOfAnApplicationWithConnectionDetails {

		@Test
		void asksThemForNoSeeds(@Autowired DetailsOfARealCluster details, @Autowired GossipCluster cluster) {
			assertThat(details.isAskedBy(cluster)).isFalse();
		}

	}

	/** Seeds that are asked for or not. */
	abstract static class RealCluster {

		private volatile boolean isAsked;

		List<String> ask() {
			this.isAsked = true;
			return List.of();
		}

		/** Whether a node that has joined has asked for them. */
		boolean isAskedBy(GossipCluster cluster) {
			assertThat(cluster.joined().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
			return this.isAsked;
		}

	}

	static class SeedsOfARealCluster extends RealCluster implements SeedProvider {

		@Override
		public List<String> seeds() {
			return ask();
		}

	}

	static class DetailsOfARealCluster extends RealCluster implements GossipConnectionDetails {

		@Override
		public List<String> getSeeds() {
			return ask();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GossipAutoConfiguration.class)
	static class Application {

	}

}
