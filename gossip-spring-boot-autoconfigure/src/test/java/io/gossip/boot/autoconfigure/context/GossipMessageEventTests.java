package io.gossip.boot.autoconfigure.context;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gossip.GossipMessage;
import io.gossip.boot.autoconfigure.TestNode;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

class GossipMessageEventTests {

	@Test
	void listenersMayAskForTheMessageOrTheEvent() {
		try (ConfigurableApplicationContext one = TestNode.run(Recorder.class);
				ConfigurableApplicationContext two = TestNode.run(Recorder.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			TestNode.awaitAlive(one, 2);
			TestNode.awaitAlive(two, 2);
			Recorder recorder = one.getBean(Recorder.class);
			TestNode.cluster(two).broadcast("cache.evict", new byte[] { 42 });
			TestNode.await("the broadcast", () -> recorder.forms.size() == 3);
			assertThat(recorder.forms).containsExactlyInAnyOrder("message BROADCAST cache.evict two",
					"event cache.evict", "condition cache.evict");
			recorder.forms.clear();
			TestNode.cluster(two).send(TestNode.cluster(one).localMember(), "hello", new byte[1]);
			TestNode.await("the direct one", () -> recorder.forms.size() == 2);
			assertThat(recorder.forms).containsExactlyInAnyOrder("message DIRECT hello two", "event hello");
			assertThat(two.getBean(Recorder.class).forms).isEmpty();
		}
	}

	@Test
	void nothingIsToldOnceTheContextHasBegunToClose() {
		ConfigurableApplicationContext one = TestNode.run(Recorder.class);
		Recorder recorder = one.getBean(Recorder.class);
		MembershipEventPublisher publisher = one.getBean(MembershipEventPublisher.class);
		GossipMessage message = new GossipMessage(TestNode.cluster(one).localMember(), "t", new byte[0],
				GossipMessage.Kind.DIRECT);
		publisher.onMessage(message);
		assertThat(recorder.forms).hasSize(2);
		recorder.onClose = () -> publisher.onMessage(message);
		one.close();
		assertThat(recorder.forms).hasSize(2);
	}

	@Configuration(proxyBeanMethods = false)
	static class Recorder {

		final List<String> forms = new CopyOnWriteArrayList<>();

		volatile Runnable onClose = () -> {
		};

		@EventListener
		void on(GossipMessage message) {
			this.forms.add("message " + message.kind() + " " + message.topic() + " " + message.origin().name());
		}

		@EventListener
		void on(GossipMessageEvent event) {
			this.forms.add("event " + event.getTopic());
		}

		@EventListener(condition = "#event.topic == 'cache.evict'")
		void onEviction(GossipMessageEvent event) {
			this.forms.add("condition " + event.getTopic());
		}

		@EventListener
		void on(ContextClosedEvent event) {
			this.onClose.run();
		}

	}

}
