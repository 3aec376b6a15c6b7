package io.gossip.boot.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.gossip.GossipConfig;
import io.gossip.Zone;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	@Test
	void everyPropertyHasADescriptionInTheStyleOfSpringBoot() {
		assertThat(PropertyTable.properties()).isNotEmpty().allSatisfy((property) -> {
			assertThat(property.description()).as(property.name()).isNotBlank();
			assertThat(property.description()).as(property.name()).matches("(?s)[A-Z'].*\\.");
			assertThat(property.description()).as(property.name()).doesNotStartWith("The ").doesNotStartWith("A ");
		});
	}

	@Test
	void theHealthAndTheEndpointSwitchesAreDocumented() {
		assertThat(PropertyTable.properties()).extracting(PropertyTable.Property::name)
			.contains("management.health.gossip.enabled", "management.endpoint.gossip.access", "gossip.enabled",
					"gossip.test.isolated");
	}

	@Test
	void everySettingOfTheCoreIsAPropertyOfTheSameName() {
		assertThat(PropertyTable.properties()).extracting(PropertyTable.Property::name)
			.containsAll(settings("gossip", GossipConfig.class));
	}

	@Test
	void everyPropertyIsASettingOfTheCoreOrOneOfTheModule() {
		List<String> ours = PropertyMappingTests.propertiesOfTheModule();
		List<String> settings = settings("gossip", GossipConfig.class);
		assertThat(PropertyTable.properties()).extracting(PropertyTable.Property::name)
			.filteredOn((name) -> name.startsWith("gossip."))
			.allSatisfy((name) -> assertThat(settings.contains(name) || ours.contains(name)).as(name).isTrue());
	}

	@Test
	void theDefaultsAreThoseOfTheCore() {
		GossipConfig unset = config(Map.of());
		GossipConfig core = GossipConfig.defaults();
		assertThat(unset.toBuilder()
			.node((node) -> node.withMetadata(core.node().metadata()))
			.transport((transport) -> transport.withPortRange(core.transport().portRange()))
			.build()).isEqualTo(core);
		assertThat(unset.node().metadata()).containsExactly(Map.entry("service", "a-service"));
		assertThat(unset.node().zone()).isEqualTo(Zone.NONE);
	}

	@Test
	void theWrittenTableIsTheGeneratedOne() throws IOException {
		assertThat(Files.readString(Path.of("PROPERTIES.md"), StandardCharsets.UTF_8))
			.as("regenerate PROPERTIES.md with PropertyTable.main")
			.endsWith(PropertyTable.markdown());
	}

	static GossipConfig config(Map<String, String> properties) {
		GossipProperties bound = new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("gossip",
				GossipProperties.class);
		GossipConfig.Builder builder = GossipConfig.builder();
		new PropertiesGossipConfigCustomizer(bound, "a-service").customize(builder);
		return builder.build();
	}

	/**
	 * The dashed names of the leaves of a tree of records, where "node.cluster" is flat.
	 */
	private static List<String> settings(String prefix, Class<?> type) {
		List<String> names = new ArrayList<>();
		for (var component : type.getRecordComponents()) {
			String name = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			boolean group = component.getType().getSimpleName().endsWith("Settings");
			if (group) {
				names.addAll(settings(name, component.getType()));
			}
			else {
				names.add(name.equals("gossip.node.cluster") ? "gossip.cluster" : name);
			}
		}
		return names;
	}

}
