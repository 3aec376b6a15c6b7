package io.gossip.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.gossip.ClusterPhase;
import io.gossip.SeedProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.gossip.netty.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SeedFileTests {

	@TempDir
	private Path directory;

	private Path file(String text) throws IOException {
		return Files.writeString(this.directory.resolve("seeds"), text);
	}

	@Test
	void everyLineIsASeedButForCommentsAndBlanks() throws Exception {
		assertThat(SeedFile.read(file("# all\na:1\r\n\n  b:2\t# second\n   \n#c:3\n[::1]:4"))).containsExactly("a:1",
				"b:2", "[::1]:4");
		assertThat(SeedFile.read(file(""))).isEmpty();
	}

	@Test
	void aFileThatIsTooLargeIsRefusedAndNotCutOff() throws Exception {
		String line = "a:1\n";
		assertThat(SeedFile.read(file(line.repeat(SeedFile.LINES_MAX)))).hasSize(SeedFile.LINES_MAX);
		Path long1001 = file(line.repeat(SeedFile.LINES_MAX + 1));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> SeedFile.read(long1001))
			.withMessageContaining("more than 1000 lines");
		assertThat(SeedFile.read(file("#".repeat(SeedFile.BYTES_MAX)))).isEmpty();
		Path large = file("#".repeat(SeedFile.BYTES_MAX + 1));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> SeedFile.read(large))
			.withMessageContaining("more than 65536 bytes");
	}

	@Test
	void aNodeFindsTheSeedThatTheFileNamesLater() throws Exception {
		try (TestNodes nodes = new TestNodes()) {
			NettyGossipCluster seed = nodes.node("file", "seed");
			seed.start();
			Path path = this.directory.resolve("seeds");
			NettyGossipCluster node = nodes.node("file", "node",
					(builder) -> builder.seedProvider(SeedProvider.ofFile(path)));
			node.start();
			eventually("it looks in vain", () -> node.status().joinAttempts() > 0);
			assertThat(node.status().phase()).isEqualTo(ClusterPhase.JOINING);
			file("# just written\n" + seed.address() + "\n");
			eventually("together", () -> TestNodes.isOneView(seed, node));
		}
	}

	@Test
	void whatIsNotThereOrNoFileIsTold() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> SeedFile.read(this.directory.resolve("none")))
			.withMessage("does not exist");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> SeedFile.read(this.directory))
			.withMessage("is not a file");
	}

}
