package io.gossip.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
	void everySettingOfTheTableExistsAndHasTheDefaultThatIsStated() throws IOException {
		Map<String, String> known = knownDefaults();
		List<MatchResult> rows = matches("(?m)^\\| `(gossip\\.[^`]+)` \\| ([^|]+) \\|");
		assertThat(rows).hasSizeGreaterThan(10);
		for (MatchResult row : rows) {
			String name = row.group(1);
			String stated = row.group(2);
			name = name.endsWith(MAP) ? name.substring(0, name.length() - MAP.length()) : name;
			assertThat(known).containsKey(name);
			String literal = stated.startsWith("`") ? stated.replace("`", "").trim() : "";
			assertThat(known.get(name)).as(name).isEqualTo(literal);
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
		Map<String, String> known = knownDefaults();
		assertThat(names).filteredOn((name) -> name.startsWith("gossip."))
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(known)
				.containsKey(name.startsWith("gossip.node.metadata.") ? "gossip.node.metadata" : name));
	}

	private static List<MatchResult> matches(String regex) throws IOException {
		return Pattern.compile(regex).matcher(Files.readString(ROOT.resolve("README.md"))).results().toList();
	}

	/** The default of each gossip property, an empty text where it has none. */
	private static Map<String, String> knownDefaults() throws IOException {
		Map<String, String> defaults = new TreeMap<>();
		for (URL url : Collections
			.list(ReadmeTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
					if (property.path("name").asString().startsWith("gossip.")) {
						defaults.put(property.path("name").asString(), text(property.path("defaultValue")));
					}
				}
			}
		}
		return defaults;
	}

	private static String text(JsonNode value) {
		return (value.isValueNode()) ? value.asString() : "";
	}

}
