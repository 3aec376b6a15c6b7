package io.gossip.simulator;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.gossip.GossipConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsParserTest {

	private static final List<String> OF_THE_WORLD = List.of("transport.bind-address", "transport.port",
			"transport.port-range", "transport.advertise-address", "transport.advertise-port");

	@Test
	void everySettingHasItsNameFromApplicationYml() {
		Set<String> names = new TreeSet<>();
		for (RecordComponent concern : GossipConfig.class.getRecordComponents()) {
			if (!concern.getName().equals("node")) {
				for (RecordComponent setting : concern.getType().getRecordComponents()) {
					names.add(kebab(concern.getName()) + "." + kebab(setting.getName()));
				}
			}
		}
		OF_THE_WORLD.forEach(names::remove);
		assertThat(SettingsParser.names()).containsExactlyElementsOf(names);
	}

	private static String kebab(String camel) {
		return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	@Test
	void everySettingTakesItsOwnDefaultAndChangesNothingElse() throws ReflectiveOperationException {
		for (RecordComponent concern : GossipConfig.class.getRecordComponents()) {
			Object defaults = concern.getAccessor().invoke(GossipConfig.defaults());
			for (RecordComponent setting : concern.getType().getRecordComponents()) {
				String name = kebab(concern.getName()) + "." + kebab(setting.getName());
				if (SettingsParser.names().contains(name)) {
					assertOwn(name, setting, concern, defaults);
				}
			}
		}
	}

	private static String another(Enum<?> constant) {
		Enum<?>[] all = constant.getDeclaringClass().getEnumConstants();
		return kebab(all[(constant.ordinal() + 1) % all.length].name().toLowerCase(Locale.ROOT));
	}

	private static void assertOwn(String name, RecordComponent setting, RecordComponent concern, Object defaults)
			throws ReflectiveOperationException {
		Object value = setting.getAccessor().invoke(defaults);
		// Two pings fit into an interval: it may grow, and all others may shrink.
		long millis = name.endsWith("probe-interval") ? 1 : -1;
		String changed = (value instanceof Duration duration) ? Durations.text(duration.plusMillis(millis))
				: (value instanceof Enum<?> constant) ? another(constant) : Integer.toString((Integer) value - 1);
		GossipConfig.Builder builder = GossipConfig.builder();
		SettingsParser.apply(builder, name, changed);
		GossipConfig config = builder.build();
		for (RecordComponent other : GossipConfig.class.getRecordComponents()) {
			if (other.getName().equals(concern.getName())) {
				for (RecordComponent sibling : concern.getType().getRecordComponents()) {
					Object now = sibling.getAccessor().invoke(concern.getAccessor().invoke(config));
					Object before = sibling.getAccessor().invoke(defaults);
					assertThat(Objects.equals(now, before)).as(name + " and " + sibling.getName())
						.isEqualTo(!sibling.getName().equals(setting.getName()));
				}
			}
			else {
				assertThat(other.getAccessor().invoke(config))
					.isEqualTo(other.getAccessor().invoke(GossipConfig.defaults()));
			}
		}
	}

	@Test
	void thePrefixMayBeWritten() {
		GossipConfig.Builder builder = GossipConfig.builder();
		SettingsParser.apply(builder, "gossip.dissemination.gossip-fanout", "4");
		assertThat(builder.build().dissemination().gossipFanout()).isEqualTo(4);
	}

	@Test
	void valuesAreWrittenAsInApplicationYml() {
		GossipConfig.Builder builder = GossipConfig.builder();
		SettingsParser.apply(builder, "leave.timeout", "PT7S");
		SettingsParser.apply(builder, "healing.interval", "2500");
		SettingsParser.apply(builder, "limits.metadata-bytes-max", "2KB");
		SettingsParser.apply(builder, "transport.frame-bytes-max", "65536B");
		GossipConfig config = builder.build();
		assertThat(config.leave().timeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(config.healing().interval()).isEqualTo(Duration.ofMillis(2500));
		assertThat(config.limits().metadataBytesMax()).isEqualTo(2048);
		assertThat(config.transport().frameBytesMax()).isEqualTo(65536);
	}

	@Test
	void anUnknownSettingAndAWrongValueAreNamed() {
		GossipConfig.Builder builder = GossipConfig.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> SettingsParser.apply(builder, "node.name", "x"))
			.withMessageStartingWith("setting 'node.name' is unknown or has no meaning here; known are ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SettingsParser.apply(builder, "dissemination.sends-max", "many"))
			.withMessage("setting 'dissemination.sends-max' is 'many', which is not a whole number");
		assertThatIllegalArgumentException().isThrownBy(() -> SettingsParser.apply(builder, "leave.timeout", "soon"))
			.withMessageStartingWith("setting 'leave.timeout': 'soon' is not a duration");
	}

}
