package io.gossip.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An ordinary application that is a node of a cluster. The starter on the class path and
 * {@code application.yml} make it one; there is nothing to write here.
 */
@SpringBootApplication
public class SampleApplication {

	/**
	 * Starts the node.
	 * @param args settings such as {@code --spring.profiles.active=node1}
	 */
	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
