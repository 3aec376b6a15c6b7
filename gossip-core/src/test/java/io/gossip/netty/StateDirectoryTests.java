package io.gossip.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.Member;
import io.gossip.netty.StateFile.Versions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.gossip.netty.Eventually.eventually;
import static io.gossip.netty.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nodes on loopback that keep their versions in a directory. */
class StateDirectoryTests {

	private static final String CLUSTER = "state";

	private final TestNodes nodes = new TestNodes();

	@TempDir
	private Path directory;

	@AfterEach
	void closeNodes() {
		this.nodes.close();
	}

	private GossipConfig config(String name) {
		return TestNodes.fast(CLUSTER, name).node((node) -> node.withStateDirectory(this.directory)).build();
	}

	private NettyGossipCluster node(String name, NettyGossipCluster... seeds) {
		return this.nodes.node(CLUSTER, name, (builder) -> builder.config(config(name)), seeds);
	}

	private StateFile file(String name) {
		return Objects.requireNonNull(StateFile.open(config(name).node()));
	}

	private static long incarnationOf(NettyGossipCluster node) {
		return node.view().find(node.localMember().id()).orElseThrow().incarnation();
	}

	@Test
	void aProcessBeginsAboveTheOneBeforeIt() throws Exception {
		NettyGossipCluster first = node("n");
		first.start();
		result(first.joined());
		first.updateMetadata(Map.of("k", "1"));
		first.updateMetadata(Map.of("k", "2"));
		eventually("the content is new", () -> first.localMember().contentVersion() >= 3);
		long incarnation = incarnationOf(first);
		Member before = first.localMember();
		first.stop();
		assertThat(file("n").read()).isEqualTo(new Versions((int) incarnation, before.contentVersion()));

		NettyGossipCluster second = node("n");
		second.start();
		result(second.joined());
		assertThat(incarnationOf(second)).isEqualTo(incarnation + StateKeeper.SKIP + 1);
		assertThat(second.localMember().contentVersion()).isEqualTo(before.contentVersion() + StateKeeper.SKIP + 1);
		eventually("that is kept, too", () -> readOf("n").incarnation() == incarnationOf(second));
	}

	@Test
	void theOthersTakeItAtItsWord() throws Exception {
		NettyGossipCluster seed = this.nodes.node(CLUSTER, "seed");
		seed.start();
		NettyGossipCluster first = node("n", seed);
		first.start();
		eventually("together", () -> TestNodes.isOneView(seed, first));
		first.stop();
		NettyGossipCluster second = node("n", seed);
		second.start();
		eventually("together again", () -> TestNodes.isOneView(seed, second));
		assertThat(TestNodes.statusOf(seed, CLUSTER, "n").incarnation()).isEqualTo(incarnationOf(second))
			.isGreaterThan(StateKeeper.SKIP);
	}

	@Test
	void aSecondLiveProcessOfTheNameIsRefusedThoughItHasTheFile() throws Exception {
		NettyGossipCluster seed = this.nodes.node(CLUSTER, "seed");
		seed.start();
		NettyGossipCluster first = node("n", seed);
		first.start();
		eventually("together", () -> TestNodes.isOneView(seed, first));
		eventually("kept", () -> readOf("n").incarnation() > 0);
		NettyGossipCluster second = node("n", seed);
		second.start();
		assertThatThrownBy(() -> result(second.joined())).isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(GossipException.NameConflict.class);
		assertThat(TestNodes.statusOf(seed, CLUSTER, "n").member().address()).isEqualTo(first.address());
	}

	@Test
	void aFileOfNoUseIsOneWarningAndAFreshStart() throws Exception {
		StateFile file = file("n");
		Files.writeString(file.path(), "nonsense");
		NettyGossipCluster node = node("n");
		String log = logOf(() -> {
			node.start();
			result(node.joined());
		});
		assertThat(log.lines().filter((line) -> line.contains(".state"))).singleElement()
			.asString()
			.contains("WARN")
			.contains(file.path().toString())
			.contains("it is not the state of a node")
			.contains("replaces the file");
		assertThat(incarnationOf(node)).isOne();
		eventually("it is replaced", () -> readOf("n").equals(new Versions(1, 1)));
	}

	@Test
	void aDirectoryThatCannotBeWrittenFailsTheStart() throws Exception {
		Path occupied = Files.writeString(this.directory.resolve("file"), "");
		GossipConfig config = TestNodes.fast(CLUSTER, "n").node((node) -> node.withStateDirectory(occupied)).build();
		NettyGossipCluster node = this.nodes.add(NettyGossipCluster.builder().config(config).build());
		assertThatExceptionOfType(GossipException.InvalidSetting.class).isThrownBy(node::start)
			.matches((ex) -> ex.setting().equals("node.state-directory"));
	}

	@Test
	void aWriteThatFailsLaterIsOneWarningACountAndNoHarm() throws Exception {
		NettyGossipCluster node = node("n");
		String log = logOf(() -> {
			node.start();
			result(node.joined());
			eventually("kept", () -> readOf("n").incarnation() == 1);
			remove(this.directory);
			for (int i = 0; i < 20; i++) {
				node.updateMetadata(Map.of("k", "" + i));
			}
			eventually("counted", () -> node.status().drops().containsKey("state-write-failed"));
		});
		assertThat(log.lines().filter((line) -> line.contains(".state"))).singleElement()
			.asString()
			.contains("WARN")
			.contains(this.directory.toString())
			.contains("runs on");
		assertThat(node.status().drops().get("state-write-failed")).isBetween(1L, 2L);
		eventually("it runs on", () -> node.localMember().metadata().get("k").equals("19"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 500 })
	void theLastVersionsAreWrittenAtTheStopHoweverManyThereWere(int changes) throws Exception {
		NettyGossipCluster node = node("n");
		node.start();
		result(node.joined());
		for (int i = 1; i <= changes; i++) {
			node.updateMetadata(Map.of("k", "" + i));
		}
		eventually("all are taken", () -> node.localMember().contentVersion() == changes + 1);
		node.stop();
		assertThat(file("n").read().contentVersion()).isEqualTo(changes + 1);
	}

	private Versions readOf(String name) {
		try {
			return file(name).read();
		}
		catch (StateFile.Unusable ex) {
			return Versions.NONE;
		}
	}

	private static void remove(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.toList()) {
				Files.deleteIfExists(file);
			}
		}
		Files.delete(directory);
	}

	/** What is logged meanwhile, a line a message. */
	private static String logOf(Step step) throws Exception {
		PrintStream before = System.err;
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
		try {
			step.run();
		}
		finally {
			System.setErr(before);
		}
		return log.toString(StandardCharsets.UTF_8);
	}

	/** A part of a test. */
	@FunctionalInterface
	private interface Step {

		void run() throws Exception;

	}

}
