package io.gossip.architecture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/** The text files of the project, by their path from its root. */
final class SourceTree {

	private SourceTree() {
	}

	/** The folder of the parent project. */
	static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (folder != null) {
			if (Files.isDirectory(folder.resolve("gossip-core")) && Files.isDirectory(folder.resolve("sample-app"))) {
				return folder;
			}
			folder = folder.getParent();
		}
		throw new IllegalStateException("No folder above " + Path.of("").toAbsolutePath()
				+ " holds gossip-core and sample-app: run the test from inside the project");
	}

	/** All that people wrote: no hidden folders, nothing that was built. */
	static SortedMap<String, String> read(Path root) throws IOException {
		SortedMap<String, String> files = new TreeMap<>();
		Files.walkFileTree(root, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
				String name = folder.getFileName().toString();
				boolean skipped = !folder.equals(root) && (name.startsWith(".") || name.equals("target"));
				return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				String path = root.relativize(file).toString().replace('\\', '/');
				if (path.contains("/src/") || path.endsWith(".md") || path.endsWith("pom.xml")) {
					files.put(path, Files.readString(file));
				}
				return FileVisitResult.CONTINUE;
			}

		});
		return files;
	}

}
