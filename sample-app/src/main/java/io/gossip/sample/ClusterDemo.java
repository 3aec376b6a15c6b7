package io.gossip.sample;

import java.util.List;
import java.util.stream.IntStream;

import org.springframework.core.NestedExceptionUtils;

/**
 * Three nodes in one JVM, on real loopback sockets, that show what happens when one of
 * them crashes and comes back.
 *
 * <p>
 * The demo stays up until Ctrl-C, which lets the nodes leave. With
 * {@code --demo.exit=true} it ends after the story: with status 0 if every step happened,
 * else with status 1 and the step that did not.
 */
public final class ClusterDemo {

	private static final int NODES = 3;

	private final DemoSettings settings;

	private final DemoConsole console;

	private final List<DemoNode> nodes;

	/**
	 * A demo that has not started.
	 * @param settings what the command line says
	 * @param console where to print
	 */
	ClusterDemo(DemoSettings settings, DemoConsole console) {
		this.settings = settings;
		this.console = console;
		this.nodes = IntStream.rangeClosed(1, NODES).mapToObj((number) -> new DemoNode(number, settings)).toList();
	}

	/**
	 * Runs the demo.
	 * @param args options in the form {@code --name=value}; what does not start with
	 * {@code --demo.} goes to every node
	 */
	public static void main(String[] args) {
		DemoSettings settings = DemoSettings.of(args);
		int status = new ClusterDemo(settings, DemoConsole.ofProcess()).run();
		if (settings.exit() || status != 0) {
			System.exit(status);
		}
	}

	/**
	 * Starts the nodes and tells the story. The nodes run on afterwards, unless the story
	 * failed or was to be the end.
	 * @return the exit status: 0 if every step happened
	 */
	int run() {
		this.console.line("Three nodes in one JVM, each with its own Spring context and its own sockets:");
		int status = tell();
		if (status == 0 && !this.settings.exit()) {
			invite();
		}
		else {
			this.nodes.forEach(DemoNode::close);
		}
		return status;
	}

	private int tell() {
		DemoStory story = new DemoStory(this.nodes, this.settings.stepLimit(), this.console);
		try {
			story.tell();
			if (this.settings.exit()) {
				story.end();
			}
			this.console.done("every step happened, as read from the nodes' views and events");
			return 0;
		}
		catch (DemoFailure ex) {
			this.console.failed(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			this.console.failed("a node broke the story: " + NestedExceptionUtils.getMostSpecificCause(ex));
		}
		return 1;
	}

	private void invite() {
		int port = this.nodes.get(0).httpPort();
		this.console.line("The nodes stay up. In another terminal:");
		for (String path : List.of("gossip", "health", "metrics/gossip.members")) {
			this.console.line("  curl -s http://127.0.0.1:" + port + "/actuator/" + path);
		}
		this.console.line("The other nodes have HTTP ports " + this.nodes.get(1).httpPort() + " and "
				+ this.nodes.get(2).httpPort() + ". Ctrl-C lets all nodes leave.");
	}

}
