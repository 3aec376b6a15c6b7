package io.gossip.boot.autoconfigure.context;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gossip.GossipCluster;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.boot.autoconfigure.TestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

class MembershipEventPublisherTests {

	@Test
	void listenersMayAskForTheRecordTheSealedTypeOrTheEventItself() {
		try (ConfigurableApplicationContext one = TestNode.run(Recorder.class);
				ConfigurableApplicationContext two = TestNode.run(Empty.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			Recorder recorder = one.getBean(Recorder.class);
			TestNode.awaitAlive(one, 2);
			TestNode.await("Joined by every form", () -> recorder.formsOf("Joined two").size() >= 5);
			// On a busy machine one may suspect the other for a moment, and nothing else.
			assertThat(recorder.forms)
				.filteredOn((form) -> !form.endsWith(" Suspected two") && !form.endsWith(" Recovered two"))
				.containsExactlyInAnyOrder("record Joined two", "sealed Joined two", "event<Joined> Joined two",
						"event<?> Joined two", "condition Joined two");
			recorder.forms.clear();
			// a node that ends without a farewell
			TestNode.cluster(two).stop();
			TestNode.await("Failed", () -> recorder.forms.contains("record Failed two"));
			TestNode.await("Failed by every form", () -> recorder.formsOf("Failed two").size() == 3);
			assertThat(recorder.formsOf("Failed two")).containsExactlyInAnyOrder("record Failed two",
					"sealed Failed two", "event<?> Failed two");
			assertThat(recorder.threads).allMatch((name) -> name.startsWith("gossip-events"));
		}
	}

	@Test
	void contextsOfDifferentClustersDoNotSeeEachOther() {
		try (ConfigurableApplicationContext one = TestNode.run(Recorder.class, "--gossip.cluster=blue");
				ConfigurableApplicationContext two = TestNode.run(Recorder.class, "--gossip.cluster=green",
						TestNode.seed(one))) {
			TestNode.await("a packet dropped as one of another cluster",
					() -> TestNode.cluster(one).status().drops().containsKey("wrong-cluster"));
			TestNode.await("isolated", () -> TestNode.cluster(two).status().isolated());
			assertThat(TestNode.cluster(one).view().size()).isOne();
			assertThat(TestNode.cluster(two).view().size()).isOne();
			assertThat(one.getBean(Recorder.class).forms).isEmpty();
			assertThat(two.getBean(Recorder.class).forms).isEmpty();
		}
	}

	@Test
	void stopsAndStartsNeitherLoseNorDoubleTheEvents() {
		try (ConfigurableApplicationContext one = TestNode.run(Recorder.class, "--gossip.node.name=one");
				ConfigurableApplicationContext two = TestNode.run(Empty.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			Recorder recorder = one.getBean(Recorder.class);
			TestNode.await("Joined", () -> recorder.forms.contains("record Joined two"));
			two.stop();
			TestNode.await("Left", () -> TestNode.cluster(one).view().count(MemberState.LEFT) == 1);
			recorder.forms.clear();
			two.start();
			TestNode.await("Joined again", () -> recorder.forms.contains("record Joined two"));
			TestNode.await("Joined by every form", () -> recorder.forms.size() >= 5);
			assertThat(recorder.forms).filteredOn("record Joined two"::equals).hasSize(1);
		}
	}

	@Test
	void aListenerThatThrowsDoesNotHoldUpTheNextEvent() {
		try (ConfigurableApplicationContext one = TestNode.run(Throwing.class);
				ConfigurableApplicationContext two = TestNode.run(Empty.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			Throwing throwing = one.getBean(Throwing.class);
			TestNode.await("Joined", () -> throwing.seen.contains("Joined"));
			two.stop();
			TestNode.await("Left", () -> throwing.seen.contains("Left"));
			TestNode.awaitAlive(one, 1);
		}
	}

	@Test
	void whatHappensDuringTheRefreshIsToldAfterIt() {
		try (ConfigurableApplicationContext one = TestNode.run(Empty.class, "--gossip.node.name=one");
				ConfigurableApplicationContext two = TestNode.run(Early.class, TestNode.seed(one))) {
			Early early = two.getBean(Early.class);
			TestNode.await("Joined", () -> early.order.contains("Joined"));
			assertThat(early.order).containsExactly("refreshing", "Joined");
		}
	}

	@Test
	void nothingIsToldOnceTheContextHasBegunToClose() {
		ConfigurableApplicationContext one = TestNode.run(Closing.class);
		try (ConfigurableApplicationContext two = TestNode.run(Empty.class, TestNode.seed(one))) {
			TestNode.awaitAlive(one, 2);
			Closing closing = one.getBean(Closing.class);
			closing.others.add(two);
			one.close();
			assertThat(closing.leftSeenByTheNode).isTrue();
			assertThat(closing.afterClose).isEmpty();
		}
	}

	@Test
	void aCloseWaitsForTheListenersOfTheEventUnderWay() {
		ConfigurableApplicationContext one = TestNode.run(Slow.class);
		try (ConfigurableApplicationContext two = TestNode.run(Empty.class, TestNode.seed(one))) {
			Slow slow = one.getBean(Slow.class);
			TestNode.await("Joined", () -> slow.entered);
			one.close();
			assertThat(slow.order).containsExactly("first", "second", "destroyed");
			assertThat(two.isActive()).isTrue();
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void eventsAreToldOnAVirtualThreadWhereTheseAreEnabled() {
		try (ConfigurableApplicationContext one = TestNode.run(Recorder.class, "--spring.threads.virtual.enabled=true");
				ConfigurableApplicationContext two = TestNode.run(Empty.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			Recorder recorder = one.getBean(Recorder.class);
			TestNode.await("Joined", () -> recorder.forms.contains("record Joined two"));
			assertThat(recorder.threadTexts).isNotEmpty().allMatch((text) -> text.startsWith("VirtualThread["));
			TestNode.awaitAlive(two, 2);
		}
	}

	@Test
	void theEventTellsItsClusterAndItsMember() {
		try (ConfigurableApplicationContext context = TestNode.run(Empty.class)) {
			GossipCluster cluster = TestNode.cluster(context);
			MembershipEvent.Left left = new MembershipEvent.Left(cluster.localMember(), 3);
			MembershipApplicationEvent<MembershipEvent.Left> event = new MembershipApplicationEvent<>(cluster, left);
			assertThat(event.getCluster()).isSameAs(cluster);
			assertThat(event.getMember()).isSameAs(left.member());
			assertThat(event.getPayload()).isSameAs(left);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	/** One listener is at work until the context closes; the other one comes after it. */
	@Configuration(proxyBeanMethods = false)
	static class Slow implements DisposableBean {

		private final List<String> order = new CopyOnWriteArrayList<>();

		private final ConfigurableApplicationContext context;

		private volatile boolean entered;

		Slow(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@EventListener
		@Order(1)
		void first(MembershipEvent.Joined event) {
			this.entered = true;
			TestNode.await("the close", this.context::isClosed);
			this.order.add("first");
		}

		@EventListener
		@Order(2)
		void second(MembershipEvent.Joined event) {
			this.order.add("second");
		}

		@Override
		public void destroy() {
			this.order.add("destroyed");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Recorder {

		private final List<String> forms = new CopyOnWriteArrayList<>();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		private final List<String> threadTexts = new CopyOnWriteArrayList<>();

		/** In which forms an event has come. */
		private List<String> formsOf(String event) {
			return this.forms.stream().filter((form) -> form.endsWith(event)).toList();
		}

		@EventListener
		void onJoined(MembershipEvent.Joined joined) {
			record("record", joined);
		}

		@EventListener
		void onFailed(MembershipEvent.Failed failed) {
			record("record", failed);
		}

		@EventListener
		void onAny(MembershipEvent event) {
			record("sealed", event);
		}

		@EventListener
		void onJoinedEvent(MembershipApplicationEvent<MembershipEvent.Joined> event) {
			record("event<Joined>", event.getPayload());
		}

		@EventListener
		void onAnyEvent(MembershipApplicationEvent<?> event) {
			record("event<?>", event.getPayload());
		}

		@EventListener(condition = "#event.member.name() == 'two'")
		void onConditionalJoined(MembershipApplicationEvent<MembershipEvent.Joined> event) {
			record("condition", event.getPayload());
		}

		private void record(String form, MembershipEvent event) {
			this.threads.add(Thread.currentThread().getName());
			this.threadTexts.add(Thread.currentThread().toString());
			this.forms.add(form + " " + event.getClass().getSimpleName() + " " + event.member().name());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Throwing {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@EventListener
		void on(MembershipEvent event) {
			this.seen.add(event.getClass().getSimpleName());
			throw new IllegalStateException("planted failure of a listener");
		}

	}

	/** Holds the refresh up until the node has seen another one. */
	@Configuration(proxyBeanMethods = false)
	static class Early {

		private final List<String> order = new CopyOnWriteArrayList<>();

		private static boolean isAnEventHeld() {
			return Thread.getAllStackTraces()
				.values()
				.stream()
				.flatMap(Arrays::stream)
				.anyMatch((frame) -> frame.getClassName().equals(MembershipEventPublisher.class.getName())
						&& frame.getMethodName().equals("onEvent"));
		}

		@Bean
		SmartLifecycle slowConsumer(GossipCluster cluster) {
			return new SmartLifecycle() {

				private final AtomicBoolean running = new AtomicBoolean();

				@Override
				public void start() {
					TestNode.await("another member", () -> cluster.view().size() == 2);
					TestNode.await("an event that is held", Early::isAnEventHeld);
					Early.this.order.add("refreshing");
					this.running.set(true);
				}

				@Override
				public void stop() {
					this.running.set(false);
				}

				@Override
				public boolean isRunning() {
					return this.running.get();
				}

			};
		}

		@EventListener
		void on(MembershipEvent event) {
			this.order.add(event.getClass().getSimpleName());
		}

	}

	/**
	 * Lets another node leave while this context closes, and waits until that is seen.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Closing {

		private final List<ApplicationEvent> afterClose = new CopyOnWriteArrayList<>();

		private volatile boolean closing;

		private final List<ConfigurableApplicationContext> others = new CopyOnWriteArrayList<>();

		private volatile boolean leftSeenByTheNode;

		private final GossipCluster cluster;

		Closing(GossipCluster cluster) {
			this.cluster = cluster;
		}

		@EventListener
		void onClosed(ContextClosedEvent event) {
			this.closing = true;
			this.others.forEach(ConfigurableApplicationContext::stop);
			TestNode.await("LEFT", () -> this.cluster.view().count(MemberState.LEFT) == 1);
			this.leftSeenByTheNode = true;
		}

		@EventListener
		void on(MembershipApplicationEvent<?> event) {
			if (this.closing) {
				this.afterClose.add(event);
			}
		}

	}

}
