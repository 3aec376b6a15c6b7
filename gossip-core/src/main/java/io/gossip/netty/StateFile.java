package io.gossip.netty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32;

import io.gossip.GossipException.InvalidSetting;
import io.gossip.NodeId;
import io.gossip.NodeSettings;
import org.jspecify.annotations.Nullable;

/**
 * The file in which a node keeps its versions from one start to the next: a few lines of
 * text with a checksum, replaced as a whole. Every call may block.
 */
final class StateFile {

	/** The largest version that is believed: it leaves room for as many again. */
	static final int VERSION_MAX = 1 << 30;

	/** Two names of 128 bytes, two numbers and the words around them. */
	static final int BYTES_MAX = 1024;

	private static final String SETTING = "node.state-directory";

	private static final String TITLE = "gossip node state 1";

	private static final String CHECKSUM = "crc32=";

	private static final int READABLE_CHARS_MAX = 40;

	private final String cluster;

	private final String name;

	private final Path path;

	private final Path temporary;

	private StateFile(Path directory, String cluster, String name) {
		this.cluster = cluster;
		this.name = name;
		String fileName = fileName(cluster, name);
		this.path = directory.resolve(fileName);
		this.temporary = directory.resolve(fileName + ".tmp");
	}

	/**
	 * What is kept.
	 *
	 * @param incarnation the incarnation, 0 if it is not known
	 * @param contentVersion the content version, 0 if it is not known
	 */
	record Versions(int incarnation, int contentVersion) {

		static final Versions NONE = new Versions(0, 0);

	}

	/** A file that is there, and of no use. */
	static final class Unusable extends Exception {

		private static final long serialVersionUID = 1L;

		Unusable(String problem, @Nullable Throwable cause) {
			super(problem, cause);
		}

	}

	/**
	 * The file of a node, in a directory that can be written.
	 * @return null if the node has no state directory
	 * @throws InvalidSetting if the directory cannot be created, or not be written
	 */
	static @Nullable StateFile open(NodeSettings node) {
		Path directory = node.stateDirectory();
		if (directory == null) {
			return null;
		}
		StateFile file = new StateFile(directory.toAbsolutePath(), node.cluster(),
				Objects.requireNonNull(node.name(), "the rules ask for a name"));
		try {
			if (!Files.isDirectory(directory)) {
				// That would refuse a link to a directory.
				Files.createDirectories(directory);
			}
			// The permissions do not tell of a file system that is full or read-only.
			Path probe = Files.createTempFile(directory, "gossip-", ".probe");
			try {
				force(probe, TITLE.getBytes(StandardCharsets.UTF_8));
			}
			finally {
				// Where the disk is full, every start would leave one.
				Files.delete(probe);
			}
		}
		catch (IOException | SecurityException ex) {
			throw new InvalidSetting(SETTING, "'" + directory + "'",
					"must be a directory that this process can create and write to; it has failed with " + ex);
		}
		return file;
	}

	/**
	 * A name that any file system takes and that no two nodes share: what can be read of
	 * the node's name is for people, its identity makes the difference.
	 */
	private static String fileName(String cluster, String name) {
		String readable = name.replaceAll("[^A-Za-z0-9_-]+", "-");
		return "gossip-" + readable.substring(0, Math.min(readable.length(), READABLE_CHARS_MAX)) + "-"
				+ HexFormat.of().toHexDigits(NodeId.ofName(cluster, name).value()) + ".state";
	}

	Path path() {
		return this.path;
	}

	/**
	 * Reads what was written last.
	 * @return {@link Versions#NONE} if there is no file
	 * @throws Unusable if there is one that this node cannot have written, or none that
	 * can be read
	 */
	Versions read() throws Unusable {
		byte[] bytes;
		try (InputStream in = Files.newInputStream(this.path)) {
			bytes = in.readNBytes(BYTES_MAX + 1);
		}
		catch (NoSuchFileException ex) {
			return Versions.NONE;
		}
		catch (IOException | SecurityException ex) {
			throw new Unusable("it cannot be read: " + ex, ex);
		}
		if (bytes.length > BYTES_MAX) {
			throw new Unusable("it is longer than " + BYTES_MAX + " bytes", null);
		}
		return parse(new String(bytes, StandardCharsets.UTF_8));
	}

	private Versions parse(String text) throws Unusable {
		int end = text.lastIndexOf(CHECKSUM);
		if (!text.startsWith(TITLE + "\n") || end < 0) {
			throw new Unusable("it is not the state of a node", null);
		}
		if (!text.substring(end).equals(checksum(text.substring(0, end)))) {
			throw new Unusable("its checksum is wrong", null);
		}
		String[] lines = text.substring(0, end).split("\n", -1);
		if (lines.length != 6) {
			throw new Unusable("it is not the state of a node", null);
		}
		if (!lines[1].equals("cluster=" + this.cluster) || !lines[2].equals("name=" + this.name)) {
			throw new Unusable("it is of another node (" + lines[1] + ", " + lines[2] + ")", null);
		}
		return new Versions(version("incarnation=", lines[3]), version("content-version=", lines[4]));
	}

	private static int version(String key, String line) throws Unusable {
		if (line.matches(key + "[1-9][0-9]{0,9}")) {
			long version = Long.parseLong(line.substring(key.length()));
			if (version <= VERSION_MAX) {
				return (int) version;
			}
		}
		throw new Unusable("it says '" + line + "', where " + key + "1 to " + VERSION_MAX + " was expected", null);
	}

	/** Replaces the file: after a crash it is either the old one or the new one. */
	void write(Versions versions) throws IOException {
		String text = TITLE + "\ncluster=" + this.cluster + "\nname=" + this.name + "\nincarnation="
				+ versions.incarnation() + "\ncontent-version=" + versions.contentVersion() + "\n";
		force(this.temporary, (text + checksum(text)).getBytes(StandardCharsets.UTF_8));
		Files.move(this.temporary, this.path, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void force(Path path, byte[] bytes) throws IOException {
		try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE,
				StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
	}

	private static String checksum(String text) {
		CRC32 crc = new CRC32();
		crc.update(text.getBytes(StandardCharsets.UTF_8));
		return CHECKSUM + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
	}

}
