package io.gossip.sample;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.convert.DurationStyle;

/**
 * What the command line says to the demo.
 *
 * @param exit whether to end after the story ({@code --demo.exit=true})
 * @param stepLimit how long a step may take ({@code --demo.step-limit=20s})
 * @param httpPort the first of three HTTP ports, 0 for any
 * ({@code --demo.http-port=8081})
 * @param gossipPort the first of three gossip ports, 0 for any
 * ({@code --demo.gossip-port=7946})
 * @param nodeProperties all other options, which every node gets
 */
record DemoSettings(boolean exit, Duration stepLimit, int httpPort, int gossipPort,
		Map<String, String> nodeProperties) {

	private static final String PREFIX = "demo.";

	/**
	 * The settings of a command line.
	 * @param args options in the form {@code --name=value}
	 * @return the settings
	 */
	static DemoSettings of(String... args) {
		ApplicationArguments arguments = new DefaultApplicationArguments(args);
		Map<String, String> options = new TreeMap<>();
		for (String name : arguments.getOptionNames()) {
			List<String> values = arguments.getOptionValues(name);
			options.put(name, (values == null || values.isEmpty()) ? "true" : String.join(",", values));
		}
		boolean exit = Boolean.parseBoolean(options.getOrDefault(PREFIX + "exit", "false"));
		Duration stepLimit = DurationStyle.detectAndParse(options.getOrDefault(PREFIX + "step-limit", "20s"));
		int httpPort = Integer.parseInt(options.getOrDefault(PREFIX + "http-port", "8081"));
		int gossipPort = Integer.parseInt(options.getOrDefault(PREFIX + "gossip-port", "7946"));
		options.keySet().removeIf((name) -> name.startsWith(PREFIX));
		if (DemoConsole.isColourRefused()) {
			options.putIfAbsent("spring.output.ansi.enabled", "never");
		}
		return new DemoSettings(exit, stepLimit, httpPort, gossipPort, Collections.unmodifiableMap(options));
	}

	/**
	 * The HTTP port that a node should ask for.
	 * @param number the number of the node, 1 or more
	 * @return a port that is free right now, or 0 for any
	 */
	int httpPort(int number) {
		int port = this.httpPort + number - 1;
		return (this.httpPort != 0 && isFree(port, false)) ? port : 0;
	}

	/**
	 * The gossip port that a node should ask for.
	 * @param number the number of the node, 1 or more
	 * @return a port that is free right now, or 0 for any
	 */
	int gossipPort(int number) {
		int port = this.gossipPort + number - 1;
		return (this.gossipPort != 0 && isFree(port, true)) ? port : 0;
	}

	private static boolean isFree(int port, boolean datagrams) {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		try (ServerSocket stream = new ServerSocket(port, 1, loopback)) {
			if (datagrams) {
				new DatagramSocket(new InetSocketAddress(loopback, stream.getLocalPort())).close();
			}
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
