package io.gossip.boot.autoconfigure.test;

import java.util.List;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/**
 * Keeps the nodes of tests apart: each gets any free port on the loopback interface, no
 * seeds and no state directory, whatever {@code application.yml} says, so that a build
 * never joins a real cluster and parallel builds never meet. Properties that a test sets
 * itself win; so does {@code gossip.test.isolated=false}.
 *
 * <p>
 * Only the Spring TestContext Framework reads the entry in {@code spring.factories} that
 * names this class, so an application without {@code spring-test} never loads it.
 */
final class GossipContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return new GossipIsolationContextCustomizer();
	}

}
