package io.gossip.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.gossip.GossipCluster;
import io.gossip.MemberState;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application with a node on the loopback interface that notices failures fast. */
public final class TestNode {

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	private static final String[] FAST = { "gossip.transport.bind-address=127.0.0.1", "gossip.transport.port=0",
			"gossip.failure-detection.probe-interval=100ms", "gossip.failure-detection.probe-timeout=50ms",
			"gossip.failure-detection.tolerated-pause=200ms", "gossip.dissemination.gossip-interval=20ms",
			"gossip.join.retry-initial=50ms", "gossip.join.retry-max=200ms", "gossip.leave.timeout=2s",
			"spring.main.banner-mode=off", "spring.main.log-startup-info=false", "spring.jmx.enabled=false" };

	private TestNode() {
	}

	/** Runs an application without a web server, with further sources and arguments. */
	public static ConfigurableApplicationContext run(Class<?> source, String... arguments) {
		return application(source).web(WebApplicationType.NONE).run(arguments);
	}

	/** An application that is not run yet. */
	public static SpringApplicationBuilder application(Class<?> source) {
		return new SpringApplicationBuilder(Application.class, source).properties(FAST);
	}

	/** The properties of a node for a context runner. */
	public static String[] fastProperties() {
		return FAST.clone();
	}

	/** The argument by which another node joins through this one. */
	public static String seed(ConfigurableApplicationContext context) {
		return "--gossip.seeds=" + cluster(context).localMember().address();
	}

	/** The node of an application. */
	public static GossipCluster cluster(ConfigurableApplicationContext context) {
		return context.getBean(GossipCluster.class);
	}

	/** Waits until a node sees as many living members. */
	public static void awaitAlive(ConfigurableApplicationContext context, int members) {
		await("the view of " + members + " living members",
				() -> cluster(context).view().count(MemberState.ALIVE) == members);
	}

	/** Waits until a condition holds, or fails with what was waited for. */
	public static void await(String what, Callable<Boolean> condition) {
		Awaitility.await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(10)).until(condition);
	}

	/** The node alone. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GossipAutoConfiguration.class)
	static class Application {

	}

}
