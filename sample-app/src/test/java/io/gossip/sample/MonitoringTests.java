package io.gossip.sample;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.gossip.micrometer.GossipMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Dashboard and alerts ask for meters that exist. */
class MonitoringTests {

	private static final Path RULES = Path.of("monitoring/prometheus-rules.yml");

	private static final Path DASHBOARD = Path.of("monitoring/grafana-dashboard.json");

	private static final Pattern SERIES = Pattern.compile("\\bgossip_[a-z_]+");

	private static final Pattern TAG_VALUE = Pattern
		.compile("(state|outcome|reason|direction)=\\\\?\"([a-z-]+)\\\\?\"");

	@ParameterizedTest
	@ValueSource(strings = { "monitoring/prometheus-rules.yml", "monitoring/grafana-dashboard.json" })
	void everySeriesAndTagValueExists(String file) throws IOException {
		String text = Files.readString(Path.of(file));
		String scraped = scrape();
		Set<String> used = SERIES.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
		Set<String> known = SERIES.matcher(scraped).results().map(MatchResult::group).collect(Collectors.toSet());
		assertThat(used).hasSizeGreaterThan(5).isSubsetOf(known);
		TAG_VALUE.matcher(text)
			.results()
			.forEach((tag) -> assertThat(scraped).contains(tag.group(1) + "=\"" + tag.group(2) + "\""));
	}

	@Test
	void everyPanelOfTheDashboardAsksForOneJob() throws IOException {
		Set<String> shown = SERIES.matcher(Files.readString(DASHBOARD))
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(shown).hasSizeGreaterThanOrEqualTo(20);
		JsonNode dashboard = JsonMapper.shared().readTree(DASHBOARD);
		assertThat(dashboard.path("title").asString()).isEqualTo("Gossip");
		for (JsonNode panel : dashboard.path("panels")) {
			assertThat(panel.path("targets").size()).as(panel.path("title").asString()).isPositive();
			assertThat(panel.path("targets").valueStream().map((target) -> target.path("expr").asString()))
				.allSatisfy((expression) -> assertThat(expression).contains("job=\"$job\""));
		}
	}

	@Test
	void everyAlertSaysWhatItMeans() throws IOException {
		var groups = (List<?>) ((Map<?, ?>) new Yaml().load(Files.readString(RULES))).get("groups");
		var rules = (List<?>) ((Map<?, ?>) groups.get(0)).get("rules");
		assertThat(rules).hasSizeGreaterThanOrEqualTo(8).allSatisfy((rule) -> {
			var alert = (Map<?, ?>) rule;
			assertThat(alert.get("alert")).asString().startsWith("Gossip");
			assertThat(alert.get("annotations")).asString().contains("summary=", "description=");
			assertThat(alert.get("labels")).asString().contains("severity=");
		});
	}

	@Test
	@EnabledIf("isPromtoolInstalled")
	void promtoolAcceptsTheRules() throws Exception {
		Process promtool = new ProcessBuilder("promtool", "check", "rules", RULES.toString()).redirectErrorStream(true)
			.start();
		String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(promtool.exitValue()).as(output).isZero();
	}

	static boolean isPromtoolInstalled() {
		String path = System.getenv().getOrDefault("PATH", "");
		return Pattern.compile(File.pathSeparator)
			.splitAsStream(path)
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "promtool")));
	}

	private static String scrape() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		GossipMetrics metrics = new GossipMetrics();
		metrics.bindTo(registry);
		String scraped = registry.scrape();
		assertThat(metrics).as("gauges hold it weakly").isNotNull();
		return scraped;
	}

}
