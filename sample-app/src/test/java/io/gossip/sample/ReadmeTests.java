package io.gossip.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** What README and configuration files say of properties and files is true. */
class ReadmeTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();

	private static final String MAP = ".*";

	@Test
	void everySettingOfTheShortListExists() throws IOException {
		Set<String> known = knownSettings();
		List<MatchResult> rows = matches("(?m)^\\| `(gossip\\.[^`]+)` \\| [^|]+ \\|$");
		assertThat(rows).hasSize(10);
		for (MatchResult row : rows) {
			String name = row.group(1);
			name = name.endsWith(MAP) ? name.substring(0, name.length() - MAP.length()) : name;
			assertThat(known).contains(name);
		}
	}

	@Test
	void everyLinkLeadsToAFile() throws IOException {
		List<MatchResult> links = matches("\\]\\(([^)#:]+)\\)");
		assertThat(links).isNotEmpty().allSatisfy((link) -> assertThat(ROOT.resolve(link.group(1))).exists());
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "application.yml", "application-node1.yml", "application-node2.yml", "application-node3.yml" })
	void everyGossipSettingOfTheSampleExists(String file) throws IOException {
		List<String> names = new ArrayList<>();
		for (PropertySource<?> source : new YamlPropertySourceLoader().load(file, new ClassPathResource(file))) {
			names.addAll(List.of(((EnumerablePropertySource<?>) source).getPropertyNames()));
		}
		Set<String> known = knownSettings();
		assertThat(names).filteredOn((name) -> name.startsWith("gossip."))
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(known)
				.contains(name.startsWith("gossip.node.metadata.") ? "gossip.node.metadata" : name));
	}

	private static List<MatchResult> matches(String regex) throws IOException {
		return Pattern.compile(regex).matcher(Files.readString(ROOT.resolve("README.md"))).results().toList();
	}

	/** The names of all gossip properties. */
	private static Set<String> knownSettings() throws IOException {
		Set<String> names = new TreeSet<>();
		for (URL url : Collections
			.list(ReadmeTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
					if (property.path("name").asString().startsWith("gossip.")) {
						names.add(property.path("name").asString());
					}
				}
			}
		}
		return names;
	}

}
