package io.gossip.boot.autoconfigure.diagnostics;

import java.util.Map;

import io.gossip.GossipException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * An analyzer of a setting that breaks its rule; it names the property and its origin.
 */
final class GossipInvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<GossipException.InvalidSetting> {

	private static final String PREFIX = "gossip.";

	private static final Map<String, String> ADVICE = Map.of("transport.advertise-address",
			" It is what the others send to: in a container the address of the pod or host, which Kubernetes gives by"
					+ " its downward API (gossip.transport.advertise-address=${POD_IP}). Leave it unset to have one"
					+ " found.",
			"seeds", " Name members by host and gossip port, such as host-a:7946, or [2001:db8::1]:7946 for IPv6.",
			"node.state-directory",
			" In a container it is a volume that outlives the container. Without it a node learns what it needs from"
					+ " the others when it joins.");

	private final @Nullable Environment environment;

	GossipInvalidSettingFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GossipException.InvalidSetting cause) {
		String property = PREFIX + cause.setting();
		String origin = findOrigin(property);
		String description = "The property '" + property + "' is " + cause.value() + ", which is not valid: it "
				+ cause.rule() + "." + System.lineSeparator() + System.lineSeparator()
				+ ((origin != null) ? "    Origin: " + origin
						: "    Origin: no property of this name is set; the value is a default or comes from a"
								+ " GossipConfigCustomizer bean");
		String action = "Set '" + property + "' to a value that keeps the rule"
				+ ((origin != null) ? "." : ", or correct the customizer.") + ADVICE.getOrDefault(cause.setting(), "");
		return new FailureAnalysis(description, action, cause);
	}

	private @Nullable String findOrigin(String property) {
		if (this.environment == null || !ConfigurationPropertyName.isValid(property)) {
			return null;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return (found.getOrigin() != null) ? found.getOrigin().toString()
						: String.valueOf(source.getUnderlyingSource());
			}
			if (source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
				return "properties below this name in " + source.getUnderlyingSource();
			}
		}
		return null;
	}

}
