package io.gossip.boot.autoconfigure.context;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.MemberState;
import io.gossip.boot.autoconfigure.TestNode;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class GossipLifecycleTests {

	@Test
	void itRunsAfterTheWebServerAndStopsBeforeItsGracefulShutdown() {
		int gracefulShutdown = Integer.MAX_VALUE - 1024;
		assertThat(GossipLifecycle.PHASE).isGreaterThan(gracefulShutdown).isLessThan(SmartLifecycle.DEFAULT_PHASE);
	}

	@Test
	void aStoppedContextStartsAgainAsANewInstanceOfTheSameNode() {
		try (ConfigurableApplicationContext context = TestNode.run(Empty.class)) {
			GossipCluster cluster = TestNode.cluster(context);
			var first = cluster.localMember();
			context.stop();
			assertThat(cluster.status().phase()).isEqualTo(ClusterPhase.STOPPED);
			assertThat(context.getBean(GossipLifecycle.class).isRunning()).isFalse();
			context.start();
			assertThat(context.getBean(GossipLifecycle.class).isRunning()).isTrue();
			TestNode.await("JOINED", () -> cluster.status().phase() == ClusterPhase.JOINED);
			assertThat(cluster.localMember().id()).isEqualTo(first.id());
			assertThat(cluster.localMember().instance()).isNotEqualTo(first.instance());
		}
	}

	@Test
	void aPausedContextIsInTheClusterAgainAfterItsRestart() {
		try (ConfigurableApplicationContext one = TestNode.run(Empty.class);
				ConfigurableApplicationContext two = TestNode.run(Empty.class, TestNode.seed(one),
						"--gossip.node.name=two", "--gossip.transport.port=0")) {
			TestNode.awaitAlive(one, 2);
			two.stop();
			TestNode.await("LEFT", () -> TestNode.cluster(one).view().count(MemberState.LEFT) == 1);
			two.start();
			TestNode.awaitAlive(one, 2);
			TestNode.awaitAlive(two, 2);
		}
	}

	@Test
	void theOthersHearOfAStopBeforeItEnds() {
		try (ConfigurableApplicationContext one = TestNode.run(Empty.class)) {
			ConfigurableApplicationContext two = TestNode.run(Empty.class, TestNode.seed(one));
			TestNode.awaitAlive(one, 2);
			TestNode.awaitAlive(two, 2);
			two.close();
			TestNode.await("LEFT", () -> TestNode.cluster(one).view().count(MemberState.LEFT) == 1);
			assertThat(TestNode.cluster(one).status().failures()).isZero();
		}
	}

	@Test
	void theAsynchronousStopReturnsAtOnceAndCallsBackOnce() throws InterruptedException {
		try (ConfigurableApplicationContext context = TestNode.run(Empty.class)) {
			GossipLifecycle lifecycle = context.getBean(GossipLifecycle.class);
			List<String> callbacks = Collections.synchronizedList(new ArrayList<>());
			CountDownLatch called = new CountDownLatch(1);
			lifecycle.stop(() -> {
				callbacks.add(Thread.currentThread().getName());
				called.countDown();
			});
			assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(callbacks).containsExactly("gossip-leave");
			assertThat(lifecycle.isRunning()).isFalse();
		}
	}

	@Test
	void aStopOfWhatDoesNotRunCallsBackAtOnce() {
		try (ConfigurableApplicationContext context = TestNode.run(Empty.class)) {
			GossipLifecycle lifecycle = context.getBean(GossipLifecycle.class);
			lifecycle.stop();
			List<Thread> callbacks = new ArrayList<>();
			lifecycle.stop(() -> callbacks.add(Thread.currentThread()));
			assertThat(callbacks).containsExactly(Thread.currentThread());
		}
	}

	@Test
	void metadataThatIsSetBetweenTwoStartsIsKeptBesideWhatContributorsSay() {
		try (ConfigurableApplicationContext context = TestNode.run(Contributing.class)) {
			GossipCluster cluster = TestNode.cluster(context);
			assertThat(cluster.localMember().metadata()).containsEntry("load", "0").containsEntry("set", "early");
			context.stop();
			cluster.updateMetadata(Map.of("set", "late"));
			context.start();
			assertThat(cluster.localMember().metadata()).isEqualTo(Map.of("load", "0", "set", "late"));
		}
	}

	@Test
	void theLocalPortIsTheOneThatIsBoundWhateverTheOthersAreTold() {
		try (ConfigurableApplicationContext context = TestNode.run(Empty.class,
				"--gossip.transport.advertise-port=30946")) {
			assertThat(TestNode.cluster(context).localMember().address().port()).isEqualTo(30946);
			assertThat(context.getEnvironment().getProperty("local.gossip.port", Integer.class)).isPositive()
				.isNotEqualTo(30946);
		}
	}

	@Test
	void aStartThatRunsIsNotStartedTwice() {
		try (ConfigurableApplicationContext context = TestNode.run(Empty.class)) {
			int instance = TestNode.cluster(context).localMember().instance();
			context.getBean(GossipLifecycle.class).start();
			assertThat(TestNode.cluster(context).localMember().instance()).isEqualTo(instance);
		}
	}

	@Test
	void aRefreshThatFailsAfterTheStartLeavesNoNodeBehind() {
		assertThatException().isThrownBy(() -> TestNode.run(FailsLate.class).close())
			.isInstanceOf(ApplicationContextException.class);
		assertThat(FailsLate.STARTED).hasSize(1)
			.allSatisfy((cluster) -> assertThat(cluster.status().phase()).isEqualTo(ClusterPhase.STOPPED));
	}

	@Test
	void aRefreshThatFailsBeforeTheStartIsReportedAsItself() {
		assertThatException().isThrownBy(() -> TestNode.run(FailsEarly.class).close())
			.isInstanceOf(BeanCreationException.class)
			.withStackTraceContaining("planted early failure");
	}

	@Test
	void thePortIsInTheEnvironmentWhenTheStartIsTold() {
		try (ConfigurableApplicationContext context = TestNode.run(TellsThePort.class)) {
			int port = TestNode.cluster(context).localMember().address().port();
			assertThat(context.getEnvironment().getProperty("local.gossip.port", Integer.class)).isEqualTo(port);
			TellsThePort told = context.getBean(TellsThePort.class);
			assertThat(told.seen).containsExactly(port);
			context.stop();
			context.start();
			int next = TestNode.cluster(context).localMember().address().port();
			assertThat(context.getEnvironment().getProperty("local.gossip.port", Integer.class)).isEqualTo(next);
			assertThat(told.seen).containsExactly(port, next);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	static class Contributing {

		@Bean
		MemberMetadataContributor load() {
			return (metadata) -> metadata.put("load", "0");
		}

		@Bean
		InitializingBean early(GossipCluster cluster) {
			return () -> cluster.updateMetadata(Map.of("set", "early"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailsLate {

		static final List<GossipCluster> STARTED = new ArrayList<>();

		@Bean
		SmartLifecycle failing(GossipCluster cluster) {
			return new SmartLifecycle() {

				@Override
				public void start() {
					assertThat(cluster.status().phase()).isNotEqualTo(ClusterPhase.STOPPED);
					STARTED.add(cluster);
					throw new IllegalStateException("planted late failure");
				}

				@Override
				public void stop() {
				}

				@Override
				public boolean isRunning() {
					return false;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailsEarly {

		@Bean
		Object failing() {
			throw new IllegalStateException("planted early failure");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TellsThePort implements ApplicationListener<GossipStartedEvent> {

		private final List<Integer> seen = new ArrayList<>();

		@Override
		public void onApplicationEvent(GossipStartedEvent event) {
			this.seen.add(event.getPort());
		}

	}

}
