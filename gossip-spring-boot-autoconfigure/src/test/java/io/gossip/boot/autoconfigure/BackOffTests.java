package io.gossip.boot.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.gossip.GossipCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every bean of every auto-configuration gives way to one of the application: by its
 * type, or where that is nobody else's business, by its name.
 */
class BackOffTests {

	/** What joins the parts together, and can be replaced by replacing them. */
	private static final Set<String> PLUMBING = Set.of("gossipPropertiesConfigCustomizer", "gossipLocalMetadata",
			"gossipWatchingMeterBinder");

	static List<Method> beans() throws Exception {
		List<Method> beans = new ArrayList<>();
		for (Class<?> configuration : configurations()) {
			for (Class<?> type : withNested(configuration)) {
				Arrays.stream(type.getDeclaredMethods())
					.filter((method) -> AnnotatedElementUtils.hasAnnotation(method, Bean.class))
					.filter((method) -> method.getReturnType() != LazyInitializationExcludeFilter.class)
					.filter((method) -> !PLUMBING.contains(method.getName()))
					.forEach(beans::add);
			}
		}
		return beans;
	}

	private static List<Class<?>> configurations() throws Exception {
		List<Class<?>> classes = new ArrayList<>();
		for (String name : imports()) {
			classes.add(ClassUtils.forName(name, BackOffTests.class.getClassLoader()));
		}
		return classes;
	}

	private static List<String> imports() throws IOException {
		URL resource = GossipAutoConfiguration.class
			.getResource("/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
		assertThat(resource).isNotNull();
		String text = new String(resource.openStream().readAllBytes(), StandardCharsets.UTF_8);
		return text.lines().filter((line) -> line.startsWith("io.gossip.")).toList();
	}

	private static List<Class<?>> withNested(Class<?> configuration) {
		return Stream.concat(Stream.of(configuration), Arrays.stream(configuration.getDeclaredClasses())).toList();
	}

	@Test
	void allAutoConfigurationsAreLookedAt() throws Exception {
		assertThat(configurations()).hasSizeGreaterThanOrEqualTo(9);
		assertThat(beans()).hasSizeGreaterThan(18);
	}

	@ParameterizedTest
	@MethodSource("beans")
	void aBeanGivesWayToOneOfTheApplication(Method bean) {
		assertThat(definitions(null, "")).as("the bean is there without another").contains(bean.getName());
		ConditionalOnMissingBean condition = AnnotatedElementUtils.findMergedAnnotation(bean,
				ConditionalOnMissingBean.class);
		Class<?> type = bean.getReturnType();
		if (condition != null && condition.name().length > 0) {
			assertThat(condition.name()).contains(bean.getName());
			assertThat(typeOf(Object.class, bean.getName())).as("nobody overrides it").isEqualTo(Object.class);
			return;
		}
		if (condition != null && condition.value().length > 0) {
			type = condition.value()[0];
		}
		else if (condition == null) {
			assertThat(bean.getDeclaringClass()).as("whose class has the condition")
				.satisfies((
						owner) -> assertThat(AnnotatedElementUtils.hasAnnotation(owner, ConditionalOnMissingBean.class))
							.isTrue());
			type = GossipCluster.class;
		}
		assertThat(Modifier.isPublic(type.getModifiers())).as("an application can have a bean of %s", type).isTrue();
		assertThat(definitions(type, "own")).contains("own").doesNotContain(bean.getName());
	}

	private static List<String> definitions(@Nullable Class<?> type, String name) {
		return List.of(new Definitions(type, name).getBeanDefinitionNames());
	}

	private static Class<?> typeOf(Class<?> type, String name) {
		return ((RootBeanDefinition) new Definitions(type, name).getBeanFactory().getMergedBeanDefinition(name))
			.getBeanClass();
	}

	/** A context that makes none of its beans, so that there is nothing to close. */
	private static final class Definitions extends AnnotationConfigApplicationContext {

		Definitions(@Nullable Class<?> type, String name) {
			TestPropertyValues.of("management.endpoints.web.exposure.include=*").applyTo(this);
			registerBeanDefinition("meterRegistry", new RootBeanDefinition(SimpleMeterRegistry.class));
			if (type != null) {
				registerBeanDefinition(name, new RootBeanDefinition(type));
			}
			register(Configurations.getClasses(AutoConfigurations.of(classes())));
			refresh();
		}

		private static Class<?>[] classes() {
			try {
				return configurations().toArray(Class<?>[]::new);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		protected void finishBeanFactoryInitialization(ConfigurableListableBeanFactory beanFactory) {
		}

		@Override
		protected void finishRefresh() {
		}

	}

}
