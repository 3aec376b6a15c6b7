package io.gossip.architecture;

import java.util.Locale;
import java.util.function.Function;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The architecture rules of gossip-core, over any root package, so that the same rule
 * runs on the code and on the violations planted under {@code fixture}.
 */
enum ArchitectureRule {

	PACKAGES_HAVE_NO_CYCLES((root) -> SlicesRuleDefinition.slices()
		.matching("(**)")
		.should()
		.beFreeOfCycles()
		.because("packages that need each other are one package with two names")),

	EVERY_CLASS_IS_ON_A_FLOOR((root) -> classes().that()
		.resideInAPackage(root + "..")
		.should()
		.resideInAnyPackage(Floor.ALL.stream().map((floor) -> Floor.at(root, floor.name())).toArray(String[]::new))
		.because("a package that is on no floor has no rules: give it one in Floor")),

	FLOORS_USE_ONLY_WHAT_IS_ABOVE_THEM((root) -> CompositeArchRule
		.of(Floor.ALL.stream().map((floor) -> floor.rule(root)).toList())
		.because("data flows one way, siblings are introduced by the engine, and the simulator needs the JDK only")),

	PROTOCOL_KNOWS_NO_WORLD((root) -> noClasses().that()
		.resideInAPackage(root + ".protocol..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.util.concurrent..", "java.net..", "java.nio.channels..", "java.util.logging..",
				"io.netty..", "io.micrometer..", "org.slf4j..")
		.orShould()
		.dependOnClassesThat()
		.belongToAnyOf(System.Logger.class, Thread.class, Runtime.class)
		.because("the engine is sans-IO: use Effects for sockets, nextDeadline for timers, ProtocolObserver for "
				+ "metrics and logs")),

	PROTOCOL_STEPS_DEPEND_ON_ARGUMENTS_ALONE((root) -> noClasses().that()
		.resideInAPackage(root + ".protocol..")
		.should()
		.accessTargetWhere(Forbidden.anyOf(Forbidden.AMBIENT))
		.because("time, randomness and identity are arguments (laws 4 and 7)")),

	HASH_ORDER_DECIDES_NOTHING((root) -> noClasses().that()
		.resideInAnyPackage(root + ".protocol..", root + ".simulator..")
		.should()
		.dependOnClassesThat()
		.belongToAnyOf(java.util.HashMap.class, java.util.HashSet.class, java.util.LinkedHashMap.class,
				java.util.LinkedHashSet.class, java.util.IdentityHashMap.class, java.util.WeakHashMap.class,
				java.util.Hashtable.class, java.util.concurrent.ConcurrentHashMap.class)
		.orShould()
		.accessTargetWhere(Forbidden.anyOf(Forbidden.UNORDERED))
		.because("the same seed gives the same trace in every JVM (law 6): use arrays, TreeMap, EnumMap or sorted "
				+ "keys")),

	MATH_IS_THE_SAME_ON_EVERY_JDK((root) -> noClasses().that()
		.resideInAnyPackage(root + ".protocol..", root + ".simulator..")
		.should()
		.accessTargetWhere(Forbidden.anyOf(Forbidden.PLATFORM_MATH))
		.because("the same seed gives the same trace on every JDK (law 6): use StrictMath")),

	STATE_IS_NEVER_STATIC((root) -> fields().that()
		.areDeclaredInClassesThat()
		.resideInAPackage(root + "..")
		.and(modifier(JavaModifier.STATIC))
		.should()
		.beFinal()
		.because("several nodes live in one JVM and must not see each other"));

	@SuppressWarnings("ImmutableEnumChecker") // a function without state
	private final Function<String, ArchRule> rule;

	ArchitectureRule(Function<String, ArchRule> rule) {
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
