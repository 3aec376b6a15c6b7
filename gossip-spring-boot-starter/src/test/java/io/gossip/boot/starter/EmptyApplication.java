package io.gossip.boot.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application that does nothing but start, say what it holds, and end. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class EmptyApplication {

	/** What the number of kilobytes of resident memory stands behind. */
	static final String MARK = "resident kilobytes: ";

	/** Runs the application. */
	public static void main(String[] args) throws IOException {
		try (ConfigurableApplicationContext context = SpringApplication.run(EmptyApplication.class, args)) {
			String beans = context.containsBean("gossipCluster") ? "with a node" : "without a node";
			System.out.println(beans + ", " + MARK + residentKilobytes());
		}
	}

	private static String residentKilobytes() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmHWM:"))
			.map((line) -> line.replaceAll("\\D", ""))
			.findFirst()
			.orElseThrow();
	}

}
