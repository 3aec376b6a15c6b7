package io.gossip.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.gossip.Address;
import io.gossip.ClusterView;
import io.gossip.GossipCluster;
import io.gossip.MemberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One node of the demo: a {@link SampleApplication} of its own, with its own web server
 * and its own gossip sockets.
 */
final class DemoNode {

	private static final String LOOPBACK = "127.0.0.1";

	private final int number;

	private final DemoSettings settings;

	private @Nullable Running running;

	/**
	 * A node that does not run yet.
	 * @param number 1 or more
	 * @param settings the ports to ask for, and the properties that all nodes get
	 */
	DemoNode(int number, DemoSettings settings) {
		this.number = number;
		this.settings = settings;
	}

	/** The name, such as {@code node-1}. */
	String name() {
		return "node-" + this.number;
	}

	/**
	 * Starts the application; returns when it is up, which is before it has joined.
	 * @param seeds the addresses to join through
	 */
	void start(List<Address> seeds) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.main.log-startup-info", "false");
		properties.put("spring.main.banner-mode", "off");
		properties.put("logging.level.root", "warn");
		properties.put("logging.level.io.gossip", "error");
		properties.put("logging.pattern.console", "%clr(%d{HH:mm:ss.SSS}){faint} %clr(%-5p) %m%n%wEx{short}");
		properties.put("server.address", LOOPBACK);
		properties.put("server.port", Integer.toString(this.settings.httpPort(this.number)));
		properties.put("gossip.cluster", "demo");
		properties.put("gossip.node.name", name());
		properties.put("gossip.transport.bind-address", LOOPBACK);
		properties.put("gossip.transport.advertise-address", LOOPBACK);
		properties.put("gossip.transport.port", Integer.toString(this.settings.gossipPort(this.number)));
		properties.put("gossip.seeds", seeds.stream().map(Address::toString).collect(Collectors.joining(",")));
		properties.putAll(this.settings.nodeProperties());
		ConfigurableApplicationContext context = new SpringApplicationBuilder(SampleApplication.class, DemoEvents.class)
			.run(properties.entrySet()
				.stream()
				.map((entry) -> "--" + entry.getKey() + "=" + entry.getValue())
				.toArray(String[]::new));
		this.running = new Running(context, context.getBean(GossipCluster.class), context.getBean(DemoEvents.class));
	}

	/**
	 * Dies as a process does that is killed: the sockets close, and nobody is told. What
	 * is left of the application is then cleared away.
	 */
	void crash() {
		running().cluster().stop();
		close();
	}

	/**
	 * Ends the application, which leaves the cluster; does nothing if it does not run.
	 */
	void close() {
		if (this.running != null) {
			this.running.context().close();
			this.running = null;
		}
	}

	/** Whether the application runs. */
	boolean isUp() {
		return this.running != null;
	}

	/** The members as this node knows them. */
	ClusterView view() {
		return running().cluster().view();
	}

	/**
	 * What this node knows of another.
	 * @param other the other node
	 * @return its status, empty if it is unknown
	 */
	Optional<MemberStatus> statusOf(DemoNode other) {
		return view().all().stream().filter((status) -> status.member().name().equals(other.name())).findFirst();
	}

	/** The events that the application has received since it started. */
	DemoEvents events() {
		return running().events();
	}

	/** What calls the service, as any code of the application would. */
	QuoteClient quoteClient() {
		return running().context().getBean(QuoteClient.class);
	}

	/** Where the node gossips. */
	Address gossipAddress() {
		return running().cluster().localMember().address();
	}

	/** The port of the web server. */
	int httpPort() {
		return running().context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private Running running() {
		if (this.running == null) {
			throw new IllegalStateException(name() + " does not run");
		}
		return this.running;
	}

	/** A started application, and the two beans that the story reads. */
	private record Running(ConfigurableApplicationContext context, GossipCluster cluster, DemoEvents events) {
	}

}
