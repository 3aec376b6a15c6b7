package io.gossip.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.gossip.LeaveSettings;
import io.gossip.boot.autoconfigure.GossipProperties;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The manifests are YAML, agree with themselves, and set what they mean to set. */
class KubernetesTests {

	private static final Path MANIFESTS = Path.of("kubernetes/quotes.yaml");

	private final List<Map<?, ?>> documents = load();

	@Test
	void thereAreAHeadlessServiceAServiceAndADeployment() {
		assertThat(this.documents).extracting((document) -> String.valueOf(document.get("kind")))
			.containsExactly("Service", "Service", "Deployment");
		Map<?, ?> headless = at(this.documents.get(0), "spec");
		assertThat(headless.get("clusterIP")).isEqualTo("None");
		assertThat(headless.get("publishNotReadyAddresses")).isEqualTo(true);
		assertThat(list(headless, "ports")).extracting((port) -> String.valueOf(port.get("protocol")))
			.containsExactly("UDP", "TCP");
	}

	@Test
	void theEnvironmentVariablesAreProperties() {
		Map<String, Object> environment = new LinkedHashMap<>();
		for (Map<?, ?> variable : list(container(), "env")) {
			String name = String.valueOf(variable.get("name"));
			assertThat(name).startsWith("GOSSIP_");
			Object value = variable.get("value");
			environment.put(name,
					(value != null) ? value : "given-by-" + at(variable, "valueFrom", "fieldRef").get("fieldPath"));
		}
		GossipProperties properties = new Binder(ConfigurationPropertySources
			.from(new SystemEnvironmentPropertySource("systemEnvironment", environment)))
			.bind("gossip", GossipProperties.class)
			.get();
		assertThat(environment).hasSize(6);
		assertThat(properties.cluster()).isEqualTo("quotes");
		assertThat(properties.seeds()).containsExactly(at(this.documents.get(0), "metadata").get("name") + ":7946");
		assertThat(properties.transport().port()).isEqualTo(7946);
		assertThat(properties.node().name()).isEqualTo("given-by-metadata.name");
		assertThat(properties.transport().advertiseAddress()).isEqualTo("given-by-status.podIP");
		assertThat(properties.node().zone()).isEqualTo("given-by-metadata.labels['topology.kubernetes.io/zone']");
	}

	@Test
	void everyPortThatIsNamedIsThere() {
		List<Object> names = new ArrayList<>();
		list(container(), "ports").forEach((port) -> names.add(port.get("name")));
		List<Object> used = new ArrayList<>();
		this.documents.subList(0, 2)
			.forEach((service) -> list(at(service, "spec"), "ports")
				.forEach((port) -> used.add(port.get("targetPort"))));
		used.add(at(container(), "readinessProbe", "httpGet").get("port"));
		used.add(at(container(), "livenessProbe", "httpGet").get("port"));
		assertThat(names).containsAll(used);
	}

	@Test
	void aPodHasTheTimeToLeaveAndToDrain() {
		Object seconds = at(this.documents.get(2), "spec", "template", "spec").get("terminationGracePeriodSeconds");
		Duration drain = new Binder(ConfigurationPropertySources.from(List.of()))
			.bindOrCreate("gossip", GossipProperties.class)
			.leave()
			.drainDelay();
		assertThat((Integer) seconds)
			.isGreaterThan((int) LeaveSettings.DEFAULTS.timeout().plus(drain).plusSeconds(30).toSeconds());
	}

	private Map<?, ?> container() {
		return list(at(this.documents.get(2), "spec", "template", "spec"), "containers").get(0);
	}

	private static Map<?, ?> at(Map<?, ?> map, String... path) {
		Map<?, ?> current = map;
		for (String key : path) {
			assertThat(current.get(key)).as(key).isInstanceOf(Map.class);
			current = (Map<?, ?>) current.get(key);
		}
		return current;
	}

	private static List<Map<?, ?>> list(Map<?, ?> map, String key) {
		List<Map<?, ?>> entries = new ArrayList<>();
		((List<?>) map.get(key)).forEach((entry) -> entries.add((Map<?, ?>) entry));
		return entries;
	}

	private static List<Map<?, ?>> load() {
		try {
			List<Map<?, ?>> documents = new ArrayList<>();
			StreamSupport.stream(new Yaml().loadAll(Files.readString(MANIFESTS)).spliterator(), false)
				.forEach((document) -> documents.add((Map<?, ?>) document));
			return documents;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
