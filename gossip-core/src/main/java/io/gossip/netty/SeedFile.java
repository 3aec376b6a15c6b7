package io.gossip.netty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The list of seeds that a file holds at the time; reading it may block. */
final class SeedFile {

	/** More is not read: the list of all nodes is not needed to find one of them. */
	static final int BYTES_MAX = 64 * 1024;

	static final int LINES_MAX = 1000;

	private SeedFile() {
	}

	/**
	 * Reads the seeds, one a line; empty lines and what follows a {@code #} are left out.
	 * @throws IOException with a message for people, if there are none to be had
	 */
	static List<String> read(Path path) throws IOException {
		byte[] bytes = bytes(path);
		if (bytes.length > BYTES_MAX) {
			throw new IOException("has more than " + BYTES_MAX + " bytes; a few seeds are enough");
		}
		List<String> seeds = new ArrayList<>();
		int lines = 0;
		for (String line : (Iterable<String>) new String(bytes, StandardCharsets.UTF_8).lines()::iterator) {
			if (++lines > LINES_MAX) {
				throw new IOException("has more than " + LINES_MAX + " lines; a few seeds are enough");
			}
			int comment = line.indexOf('#');
			String seed = ((comment < 0) ? line : line.substring(0, comment)).strip();
			if (!seed.isEmpty()) {
				seeds.add(seed);
			}
		}
		return seeds;
	}

	private static byte[] bytes(Path path) throws IOException {
		if (Files.exists(path) && !Files.isRegularFile(path)) {
			// A pipe would block for ever.
			throw new IOException("is not a file");
		}
		try (InputStream in = Files.newInputStream(path)) {
			return in.readNBytes(BYTES_MAX + 1);
		}
		catch (NoSuchFileException ex) {
			throw new IOException("does not exist", ex);
		}
		catch (IOException | SecurityException ex) {
			throw new IOException("cannot be read: " + ex, ex);
		}
	}

}
