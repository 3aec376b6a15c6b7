package io.gossip.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import io.gossip.GossipException.InvalidSetting;
import io.gossip.NodeSettings;
import io.gossip.netty.StateFile.Unusable;
import io.gossip.netty.StateFile.Versions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StateFileTests {

	@TempDir
	private Path directory;

	private StateFile file(String cluster, String name) {
		NodeSettings node = NodeSettings.DEFAULTS.withCluster(cluster)
			.withName(name)
			.withStateDirectory(this.directory);
		return Objects.requireNonNull(StateFile.open(node));
	}

	private static String problem(StateFile file) {
		try {
			return "none: " + file.read();
		}
		catch (Unusable ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "7,12", "1073741824,1073741824" })
	void whatWasWrittenLastIsRead(int incarnation, int contentVersion) throws Exception {
		StateFile file = file("c", "n");
		assertThat(file.read()).isEqualTo(Versions.NONE);
		file.write(new Versions(3, 3));
		file.write(new Versions(incarnation, contentVersion));
		assertThat(file("c", "n").read()).isEqualTo(new Versions(incarnation, contentVersion));
		assertThat(files()).as("no temporary file is left").containsExactly(file.path());
	}

	@Test
	void everyNodeHasAFileOfItsOwnInTheDirectoryWhateverItsName() throws Exception {
		List<String> names = List.of("n", "N", "../../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "a:b", "CON", ".",
				"..", " ", "x".repeat(128), "x".repeat(127) + "y", "ä", "日本");
		Set<String> fileNames = new HashSet<>();
		for (String cluster : List.of("c", "d", "\"quoted\"=")) {
			for (String name : names) {
				StateFile file = file(cluster, name);
				file.write(new Versions(5, 6));
				assertThat(file.read()).isEqualTo(new Versions(5, 6));
				assertThat(file.path().getParent()).isEqualTo(this.directory.toAbsolutePath());
				String fileName = file.path().getFileName().toString();
				assertThat(fileName).matches("gossip-[A-Za-z0-9_-]{1,40}-[0-9a-f]{16}\\.state");
				assertThat(fileNames.add(fileName)).isTrue();
			}
		}
		assertThat(files()).hasSize(fileNames.size());
	}

	@Test
	void noByteMayBeAnotherOrMissing() throws Exception {
		StateFile file = file("cluster", "nöde");
		file.write(new Versions(1234, 99));
		byte[] good = Files.readAllBytes(file.path());
		for (int i = 0; i < good.length; i++) {
			for (int change : new int[] { 1, 2, 0x20, 0x80, 0xff }) {
				byte[] bad = good.clone();
				bad[i] ^= (byte) change;
				Files.write(file.path(), bad);
				assertThat(problem(file)).as("byte %d ^ %d", i, change).doesNotStartWith("none");
			}
			Files.write(file.path(), Arrays.copyOf(good, i));
			assertThat(problem(file)).as("%d bytes", i).doesNotStartWith("none");
		}
	}

	@Test
	void aFileThatIsTooLongIsNotReadToItsEnd() throws Exception {
		StateFile file = file("c", "n");
		Files.write(file.path(), new byte[10_000_000]);
		assertThat(problem(file)).contains("longer than 1024 bytes");
	}

	@Test
	void aFileOfAnotherNodeIsForeign() throws Exception {
		StateFile file = file("c", "n");
		StateFile other = file("c", "other");
		other.write(new Versions(8, 8));
		Files.copy(other.path(), file.path());
		assertThat(problem(file)).contains("another node").contains("name=other");
		StateFile elsewhere = file("elsewhere", "n");
		Files.copy(other.path(), elsewhere.path());
		assertThat(problem(elsewhere)).contains("another node").contains("cluster=c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "1073741825", "2147483647", "9999999999", "99999999999", "1e3", "", "07", "x" })
	void absurdNumbersAreRefusedThoughTheChecksumIsRight(String number) throws Exception {
		StateFile file = file("c", "n");
		for (String numbers : List.of("incarnation=" + number + "\ncontent-version=1\n",
				"incarnation=1\ncontent-version=" + number + "\n")) {
			String text = "gossip node state 1\ncluster=c\nname=n\n" + numbers;
			CRC32 crc = new CRC32();
			crc.update(text.getBytes(StandardCharsets.UTF_8));
			Files.writeString(file.path(), text + String.format("crc32=%08x%n", crc.getValue()));
			assertThat(problem(file)).contains(
					"'" + (numbers.startsWith("incarnation=1\n") ? "content-version=" : "incarnation=") + number + "'");
		}
	}

	@Test
	void aFileThatCannotBeReadIsAProblemAndNoFailure() throws Exception {
		StateFile file = file("c", "n");
		Files.createDirectory(file.path());
		assertThat(problem(file)).startsWith("it cannot be read");
	}

	@Test
	void theRestOfAWriteThatACrashHasCutOffIsReplaced() throws Exception {
		StateFile file = file("c", "n");
		file.write(new Versions(4, 4));
		Path temporary = file.path().resolveSibling(file.path().getFileName() + ".tmp");
		Files.writeString(temporary, "half a fi");
		assertThat(file.read()).isEqualTo(new Versions(4, 4));
		file.write(new Versions(5, 5));
		assertThat(file.read()).isEqualTo(new Versions(5, 5));
		assertThat(temporary).doesNotExist();
	}

	@Test
	void aDirectoryIsCreatedWithItsParentsAndMayBeALink() throws Exception {
		Path deep = this.directory.resolve("a/b/c");
		NodeSettings node = NodeSettings.DEFAULTS.withName("n").withStateDirectory(deep);
		Objects.requireNonNull(StateFile.open(node)).write(new Versions(2, 3));
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), deep);
		assertThat(Objects.requireNonNull(StateFile.open(node.withStateDirectory(link))).read())
			.isEqualTo(new Versions(2, 3));
	}

	@Test
	void aDirectoryThatCannotBeCreatedOrWrittenIsAnInvalidSetting() throws Exception {
		Path occupied = Files.writeString(this.directory.resolve("file"), "");
		NodeSettings node = NodeSettings.DEFAULTS.withName("n");
		for (Path bad : List.of(occupied, occupied.resolve("below"))) {
			assertThatExceptionOfType(InvalidSetting.class)
				.isThrownBy(() -> StateFile.open(node.withStateDirectory(bad)))
				.matches((ex) -> ex.setting().equals("node.state-directory"))
				.withMessageContaining(bad.toString())
				.withMessageContaining("create and write to");
		}
		assertThat(files()).containsExactly(occupied);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aDirectoryInWhichNobodyCanWriteIsAnInvalidSetting() {
		// The process of the tests may be root, which permissions do not stop.
		NodeSettings node = NodeSettings.DEFAULTS.withName("n").withStateDirectory(Path.of("/proc/self"));
		assertThatExceptionOfType(InvalidSetting.class).isThrownBy(() -> StateFile.open(node))
			.withMessageContaining("create and write to");
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory.toAbsolutePath())) {
			return files.toList();
		}
	}

}
