package io.gossip.boot.autoconfigure;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.gossip.GossipException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/** A setting that is the path of a file or a directory. */
final class PathSetting {

	private PathSetting() {
	}

	/**
	 * Reads it as people write it.
	 * @param name the setting, without its prefix
	 * @param what what the path must be of
	 * @return null if it is not set
	 * @throws GossipException.InvalidSetting if it cannot be a path here
	 */
	static @Nullable Path parse(String name, @Nullable String value, String what) {
		try {
			return StringUtils.hasText(value) ? Path.of(value) : null;
		}
		catch (InvalidPathException ex) {
			throw new GossipException.InvalidSetting(name, "'" + value + "'",
					"must be the path of " + what + ": " + ex.getMessage());
		}
	}

}
