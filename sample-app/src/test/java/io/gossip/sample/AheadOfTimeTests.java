package io.gossip.sample;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample, processed ahead of time as {@code spring-boot:process-aot} does it, and run
 * with what came out.
 */
class AheadOfTimeTests {

	private static final Duration DEADLINE = Duration.ofSeconds(90);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	@TempDir
	private Path folder;

	@Test
	void theProcessedApplicationRuns() throws Exception {
		Path sources = this.folder.resolve("sources");
		Path resources = this.folder.resolve("resources");
		Path classes = Files.createDirectory(this.folder.resolve("classes"));
		Process processing = java("processing", List.of(), SpringApplicationAotProcessor.class.getName(),
				SampleApplication.class.getName(), sources.toString(), resources.toString(), classes.toString(),
				"io.gossip", "sample-app");
		assertThat(processing.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(processing.exitValue()).as(log("processing")).isZero();
		compile(sources, classes);
		Process application = java("application", List.of(classes, resources), "-Dspring.aot.enabled=true",
				SampleApplication.class.getName(), "--server.address=127.0.0.1", "--server.port=0",
				"--gossip.transport.bind-address=127.0.0.1", "--gossip.transport.port=0", "--gossip.node.name=aot");
		try {
			String url = "http://127.0.0.1:" + awaitPort(application);
			assertThat(log("application")).contains("Starting AOT-processed SampleApplication");
			JsonNode gossip = get(url + "/actuator/gossip");
			assertThat(gossip.path("node").path("phase").asString()).isEqualTo("JOINED");
			assertThat(gossip.path("members").get(0).path("metadata").path("service").asString()).isEqualTo("quotes");
			assertThat(get(url + "/actuator/health").path("components").path("gossip").path("status").asString())
				.isEqualTo("UP");
			assertThat(get(url + "/ask").path("by").asString()).isEqualTo("aot");
		}
		finally {
			application.destroyForcibly();
		}
	}

	private String awaitPort(Process application) {
		Awaitility.await("the port").atMost(DEADLINE).until(() -> port().find() || !application.isAlive());
		Matcher port = port();
		assertThat(port.find()).as(log("application")).isTrue();
		// the node starts after the web server
		Awaitility.await("the start")
			.atMost(DEADLINE)
			.until(() -> log("application").contains("Started SampleApplication") || !application.isAlive());
		return port.group(1);
	}

	private Matcher port() {
		return PORT.matcher(log("application"));
	}

	private static JsonNode get(String url) throws IOException, InterruptedException {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private void compile(Path sources, Path classes) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-parameters", "-nowarn", "-proc:none", "-cp",
				classes + File.pathSeparator + classPath(), "-d", classes.toString()));
		try (Stream<Path> files = Files.walk(sources)) {
			files.filter((file) -> file.toString().endsWith(".java")).forEach((file) -> arguments.add(file.toString()));
		}
		int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
		assertThat(status).isZero();
	}

	private Process java(String name, List<Path> before, String... arguments) throws IOException {
		StringBuilder path = new StringBuilder();
		before.forEach((entry) -> path.append(entry).append(File.pathSeparatorChar));
		List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp", path + classPath()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve(name + ".log").toFile())
			.start();
	}

	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private String log(String name) {
		try {
			return Files.readString(this.folder.resolve(name + ".log"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
