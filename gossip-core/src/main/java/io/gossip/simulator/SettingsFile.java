package io.gossip.simulator;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

import io.gossip.GossipConfig;

/** A file of settings in the format of {@code application.properties}. */
final class SettingsFile {

	private SettingsFile() {
	}

	/**
	 * Reads all settings of a file, in the order of their names.
	 * @throws IllegalArgumentException if it cannot be read, or has something that is no
	 * setting; the message is for people
	 */
	static List<Map.Entry<String, String>> read(String file) {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(Path.of(file))) {
			properties.load(reader);
		}
		catch (IOException | InvalidPathException ex) {
			throw new IllegalArgumentException(
					"option --config is '" + file + "': there is no such file, or it cannot " + "be read as text", ex);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("file " + file + " is no properties file: " + ex.getMessage(), ex);
		}
		List<Map.Entry<String, String>> settings = new ArrayList<>();
		for (String name : new TreeSet<>(properties.stringPropertyNames())) {
			String value = properties.getProperty(name, "").trim();
			try {
				SettingsParser.apply(GossipConfig.builder(), name, value);
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("file " + file + ", " + ex.getMessage(), ex);
			}
			settings.add(Map.entry(name, value));
		}
		return settings;
	}

}
