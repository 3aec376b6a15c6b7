package io.gossip.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documented properties, as the configuration processor has found them. */
final class PropertyTable {

	private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

	private PropertyTable() {
	}

	/** Prints the table for the documentation. */
	public static void main(String[] args) {
		System.out.print(markdown());
	}

	/**
	 * A property.
	 *
	 * @param name the name
	 * @param type the simple name of its type
	 * @param defaultValue the default, empty if there is none
	 * @param description the description, null if it is missing
	 */
	record Property(String name, String type, String defaultValue, @Nullable String description) {
	}

	/** The properties of this module, in the order of their names. */
	static List<Property> properties() {
		try (InputStream in = GossipProperties.class.getResourceAsStream(METADATA)) {
			JsonNode root = JsonMapper.shared().readTree(Objects.requireNonNull(in, METADATA));
			List<Property> properties = new ArrayList<>();
			for (JsonNode node : root.get("properties")) {
				JsonNode description = node.get("description");
				properties.add(new Property(node.get("name").asString(), simpleType(node.get("type").asString()),
						defaultValue(node.get("defaultValue")), (description != null) ? description.asString() : null));
			}
			return properties;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String markdown() {
		StringBuilder table = new StringBuilder("| Property | Type | Default | Description |\n|---|---|---|---|\n");
		for (Property property : properties()) {
			table.append("| `").append(property.name()).append("` | ").append(property.type()).append(" | ");
			table.append((property.defaultValue().isEmpty()) ? "" : "`" + property.defaultValue() + "`");
			table.append(" | ").append(property.description()).append(" |\n");
		}
		return table.toString();
	}

	private static String defaultValue(@Nullable JsonNode value) {
		return (value != null) ? value.asString() : "";
	}

	private static String simpleType(String type) {
		return type.replaceAll("[a-z]+\\.", "").replace(",", ", ");
	}

}
