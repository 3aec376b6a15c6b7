package io.gossip.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.gossip.GossipCluster;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three processes of the sample, of which this one calls the others: one is killed with
 * {@code kill -9}, another is stopped in order, both under a steady load.
 */
class LoadUnderFailureTests {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final long LATE_NANOS = Duration.ofMillis(500).toNanos();

	private static final int CALLERS = 4;

	private static final long PAUSE_MILLIS = 20;

	private final List<Process> children = new ArrayList<>();

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final long beginNanos = System.nanoTime();

	private final CountDownLatch enough = new CountDownLatch(1);

	@TempDir
	private Path logs;

	@AfterEach
	void endTheChildren() {
		this.enough.countDown();
		this.children.forEach(Process::destroyForcibly);
	}

	@Test
	void noCallStartsToADeadInstanceAndAGracefulStopLosesNone() throws Exception {
		try (ConfigurableApplicationContext caller = caller(); Callers callers = new Callers()) {
			GossipCluster cluster = caller.getBean(GossipCluster.class);
			Process victim = child("victim", cluster);
			Process leaver = child("leaver", cluster);
			await("three instances", () -> cluster.view().count(MemberState.ALIVE) == 3);
			int victimPort = port(cluster, "victim");
			int leaverPort = port(cluster, "leaver");
			RestClient client = recording(caller);
			for (int i = 0; i < CALLERS; i++) {
				callers.threads.execute(() -> callSteadily(client));
			}
			await("calls to both", () -> answered(victimPort) && answered(leaverPort));

			victim.destroyForcibly();
			DemoEvents events = caller.getBean(DemoEvents.class);
			await("Failed", () -> failed(events).isPresent());
			long failedNanos = failed(events).orElseThrow().atNanos();
			awaitCallsAfter(failedNanos + 2 * LATE_NANOS);
			assertThat(this.calls).filteredOn((call) -> call.port == victimPort)
				.as("calls to the dead instance")
				.isNotEmpty()
				.noneMatch((call) -> call.startNanos - failedNanos > LATE_NANOS);

			long stopNanos = System.nanoTime();
			leaver.destroy();
			assertThat(leaver.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			awaitCallsAfter(System.nanoTime() + LATE_NANOS);
			List<Call> sinceStop = this.calls.stream().filter((call) -> call.startNanos - stopNanos >= 0).toList();
			assertThat(sinceStop).hasSizeGreaterThan(20).allMatch((call) -> call.isAnswered);
			assertThat(cluster.status().failures()).as("the stopped one said goodbye").isOne();
		}
	}

	/** A call that has ended, and the port that the load balancer has chosen for it. */
	private record Call(int port, long startNanos, boolean isAnswered) {
	}

	/** The threads that call; they end before the application does. */
	private final class Callers implements AutoCloseable {

		private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

		@Override
		public void close() {
			LoadUnderFailureTests.this.enough.countDown();
			this.threads.shutdown();
			await("the end of the calls", this.threads::isTerminated);
		}

	}

	private void callSteadily(RestClient client) {
		try {
			while (!this.enough.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
				Target target = new Target();
				target.startNanos = System.nanoTime();
				boolean answered = isAnswered(client, target);
				this.calls.add(new Call(target.port, target.startNanos, answered));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isAnswered(RestClient client, Target target) {
		Target.CURRENT.set(target);
		try {
			return client.get().uri("http://quotes/quote").retrieve().body(Quote.class) != null;
		}
		catch (RuntimeException ex) {
			// Also where the load balancer has found no instance.
			return false;
		}
		finally {
			Target.CURRENT.remove();
		}
	}

	/** Where a call goes, known once the load balancer has replaced the name. */
	private static final class Target {

		private static final ThreadLocal<Target> CURRENT = new ThreadLocal<>();

		private int port;

		private long startNanos;

		private static void chosen(URI uri) {
			Target target = CURRENT.get();
			target.port = uri.getPort();
			target.startNanos = System.nanoTime();
		}

	}

	private static RestClient recording(ConfigurableApplicationContext caller) {
		ClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
		return caller.getBean(RestClient.Builder.class).requestFactory((uri, method) -> {
			Target.chosen(uri);
			return factory.createRequest(uri, method);
		}).build();
	}

	private boolean answered(int port) {
		return this.calls.stream().anyMatch((call) -> call.isAnswered && call.port == port);
	}

	private void awaitCallsAfter(long nanos) {
		await("calls", () -> this.calls.stream().anyMatch((call) -> call.startNanos - nanos > 0));
	}

	private Optional<DemoEvents.Seen<MembershipEvent.Failed>> failed(DemoEvents events) {
		return events.first(MembershipEvent.Failed.class, "victim", this.beginNanos);
	}

	private static int port(GossipCluster cluster, String name) {
		return cluster.view()
			.members()
			.stream()
			.filter((status) -> status.member().name().equals(name))
			.map((status) -> Integer.valueOf(status.member().metadata().getOrDefault("http.port", "0")))
			.findFirst()
			.orElseThrow();
	}

	private static ConfigurableApplicationContext caller() {
		return new SpringApplicationBuilder(SampleApplication.class, DemoEvents.class).run(arguments("caller", ""));
	}

	private Process child(String name, GossipCluster seed) throws IOException {
		List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				SampleApplication.class.getName()));
		command.addAll(List.of(arguments(name, seed.localMember().address().toString())));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.logs.resolve(name + ".log").toFile())
			.start();
		this.children.add(process);
		return process;
	}

	private static String[] arguments(String name, String seeds) {
		return new String[] { "--server.address=127.0.0.1", "--server.port=0", "--gossip.cluster=under-load",
				"--gossip.node.name=" + name, "--gossip.seeds=" + seeds, "--gossip.transport.bind-address=127.0.0.1",
				"--gossip.transport.advertise-address=127.0.0.1", "--gossip.transport.port=0",
				"--gossip.failure-detection.probe-interval=400ms", "--gossip.failure-detection.probe-timeout=200ms",
				"--gossip.failure-detection.tolerated-pause=1s", "--spring.main.banner-mode=off",
				"--spring.cloud.loadbalancer.cache.ttl=1h", "--logging.level.root=warn" };
	}

	private void await(String what, Callable<Boolean> condition) {
		try {
			Awaitility.await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(condition);
		}
		catch (RuntimeException ex) {
			throw new AssertionError(what + " did not happen; " + logs(), ex);
		}
	}

	private String logs() {
		StringBuilder text = new StringBuilder();
		for (String name : List.of("victim", "leaver")) {
			try {
				Path log = this.logs.resolve(name + ".log");
				text.append(name).append(" said: ").append(Files.readString(log)).append('\n');
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return text.toString();
	}

}
