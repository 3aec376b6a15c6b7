package io.gossip.boot.autoconfigure.context;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.MembershipEvent;
import io.gossip.boot.autoconfigure.TestNode;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes in applications of several contexts, and several applications in one JVM. */
class ContextHierarchyTests {

	@Test
	void theContextOfTheManagementPortHasNoNodeOfItsOwn() {
		try (ConfigurableApplicationContext one = TestNode.application(Web.class)
			.web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--server.address=127.0.0.1", "--management.server.port=0",
					"--gossip.node.name=one");
				ConfigurableApplicationContext two = TestNode.run(Nothing.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			TestNode.awaitAlive(one, 2);
			assertThat(one.getBeansOfType(GossipCluster.class)).hasSize(1);
			TestNode.await("Joined", () -> one.getBean(Recorder.class).seen.contains("Joined two"));
			assertThat(one.getBean(Recorder.class).seen).containsOnlyOnce("Joined two");
			assertThat(two.isActive()).isTrue();
		}
	}

	@Test
	void aNodeInAParentContextOutlivesItsChildrenAndTellsItsOwnListeners() {
		try (ConfigurableApplicationContext parent = TestNode.run(WithRecorder.class, "--gossip.node.name=parent")) {
			TestNode.await("JOINED", () -> TestNode.cluster(parent).status().phase() == ClusterPhase.JOINED);
			ConfigurableApplicationContext child = new SpringApplicationBuilder(WithRecorder.class).parent(parent)
				.web(WebApplicationType.NONE)
				.run();
			assertThat(child.getBean(GossipCluster.class)).isSameAs(parent.getBean(GossipCluster.class));
			child.close();
			assertThat(TestNode.cluster(parent).status().phase()).isEqualTo(ClusterPhase.JOINED);
			try (ConfigurableApplicationContext two = TestNode.run(Nothing.class, TestNode.seed(parent),
					"--gossip.node.name=two")) {
				TestNode.await("Joined", () -> parent.getBean(Recorder.class).seen.contains("Joined two"));
				assertThat(two.isActive()).isTrue();
			}
		}
	}

	@Test
	void threeApplicationsInOneJvmKeepTheirNodesApart() {
		try (ConfigurableApplicationContext one = TestNode.run(WithRecorder.class, "--gossip.node.name=one");
				ConfigurableApplicationContext two = TestNode.run(WithRecorder.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			ConfigurableApplicationContext three = TestNode.run(WithRecorder.class, TestNode.seed(one),
					"--gossip.node.name=three");
			TestNode.awaitAlive(two, 3);
			three.close();
			TestNode.await("Left", () -> two.getBean(Recorder.class).seen.contains("Left three"));
			TestNode.await("Left", () -> one.getBean(Recorder.class).seen.contains("Left three"));
			assertThat(one.isRunning()).isTrue();
			assertThat(TestNode.cluster(one).localMember().name()).isEqualTo("one");
			assertThat(TestNode.cluster(two).localMember().name()).isEqualTo("two");
		}
	}

	/** What Spring Boot's DevTools do when a class has changed. */
	@Test
	void aRestartInAnotherClassLoaderBindsTheSamePortAtOnceAndLeavesNoThreadBehind() throws Exception {
		int port = freePort();
		List<Integer> instances = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			try (URLClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader())) {
				Thread.currentThread().setContextClassLoader(loader);
				try (ConfigurableApplicationContext context = TestNode.run(Nothing.class,
						"--gossip.node.name=restarted", "--gossip.transport.port=" + port)) {
					assertThat(TestNode.cluster(context).localMember().address().port()).isEqualTo(port);
					instances.add(TestNode.cluster(context).localMember().instance());
				}
			}
			finally {
				Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
			}
			TestNode.await("the end of all threads", () -> threadsOf("restarted").isEmpty());
		}
		assertThat(instances).doesNotHaveDuplicates();
	}

	private static List<String> threadsOf(String node) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(Thread::isAlive)
			.map(Thread::getName)
			.filter((name) -> name.startsWith("gossip-") && name.contains(node))
			.toList();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Web extends WithRecorder {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Recorder.class)
	static class WithRecorder {

	}

	/** The events of a context, in their order. */
	static class Recorder {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@EventListener
		void on(MembershipEvent event) {
			this.seen.add(event.getClass().getSimpleName() + " " + event.member().name());
		}

	}

}
