package io.gossip.boot.architecture;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The rules of the auto-configuration module, over any root package, so that the same
 * rule runs on the code and on the violations planted under {@code fixture}.
 */
enum AutoConfigurationRule {

	AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL((root) -> classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.because("Spring Boot finds them by name, and nobody extends them")),

	CONFIGURATIONS_HAVE_NO_PUBLIC_MEMBERS((root) -> members().that()
		.areDeclaredInClassesThat()
		.areMetaAnnotatedWith(Configuration.class)
		.should()
		.notBePublic()
		.because("what a configuration declares is a bean, not an API")),

	BEAN_METHODS_ARE_PACKAGE_PRIVATE((root) -> methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate()
		.because("only the container calls them")),

	BEAN_METHODS_NAME_NO_MISSING_CLASS((root) -> methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notBeAnnotatedWith(ConditionalOnClass.class)
		.because("the class that declares the method is loaded first: put the condition on a class of its own")),

	BEANS_ARE_NO_EXECUTORS((root) -> methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notHaveRawReturnType(assignableTo(Executor.class))
		.because("an Executor bean makes Spring Boot drop the application's own task executor")),

	ONLY_THE_FLOORS_FOR_USERS_ARE_TOUCHED((root) -> noClasses().that()
		.resideInAPackage(root + "..")
		.should()
		.dependOnClassesThat(resideInAPackage("io.gossip..").and(not(resideInAnyPackage("io.gossip", "io.gossip.netty",
				"io.gossip.micrometer", "io.gossip.protocol", root + ".."))))
		.because("Spring is a user of gossip-core: no part of the engine")),

	OPTIONAL_TECHNOLOGY_HAS_A_PACKAGE_OF_ITS_OWN((root) -> CompositeArchRule
		.of(Map
			.of("endpoint", "org.springframework.boot.actuate..", "health", "org.springframework.boot.health..",
					"metrics", "io.micrometer..", "web", "org.springframework.boot.web.server..", "test",
					"org.springframework.test..", "cloud", "org.springframework.cloud..")
			.entrySet()
			.stream()
			.map((owner) -> noClasses().that()
				.resideInAPackage(root + "..")
				.and()
				.resideOutsideOfPackage(root + "." + owner.getKey() + "..")
				.should()
				.dependOnClassesThat()
				.resideInAPackage(owner.getValue())
				.as("only " + owner.getKey() + " uses " + owner.getValue()))
			.toList())
		.because("the starter alone must start a node: what is optional must not be loaded with what is not")),

	PACKAGES_HAVE_NO_CYCLES((root) -> SlicesRuleDefinition.slices()
		.matching("(**)")
		.should()
		.beFreeOfCycles()
		.because("packages that need each other are one package with two names")),

	STATE_IS_NEVER_STATIC((root) -> fields().that()
		.areDeclaredInClassesThat()
		.resideInAPackage(root + "..")
		.and(modifier(JavaModifier.STATIC))
		.should()
		.beFinal()
		.because("several contexts live in one JVM and must not see each other"));

	@SuppressWarnings("ImmutableEnumChecker") // a function without state
	private final Function<String, ArchRule> rule;

	AutoConfigurationRule(Function<String, ArchRule> rule) {
		this.rule = rule;
	}

	ArchRule over(String root) {
		return this.rule.apply(root);
	}

	/** The package below {@code fixture} where this rule is broken on purpose. */
	String fixture() {
		return name().toLowerCase(Locale.ROOT).replace("_", "");
	}

}
