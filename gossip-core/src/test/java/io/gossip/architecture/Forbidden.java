package io.gossip.architecture;

import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;

/**
 * Calls that sans-IO code may not make, each with its replacement.
 *
 * @param owner the class that declares the methods
 * @param methods the names of the methods, or none for all of them
 * @param fewestArguments calls with fewer arguments are harmless
 * @param instead what to use in their place
 */
record Forbidden(String owner, Set<String> methods, int fewestArguments, String instead) {

	private static final String NOW = "the nowNanos of the step";

	private static final String ORDERED = "arrays, TreeMap, EnumMap or sorted keys";

	private static final String STRICT = "StrictMath";

	/** What would make a step depend on more than its arguments. */
	static final List<Forbidden> AMBIENT = List.of(calls("java.lang.System", NOW, "nanoTime", "currentTimeMillis"),
			calls("java.time.Instant", NOW, "now"), calls("java.time.Clock", NOW),
			calls("java.time.LocalDateTime", NOW, "now"), calls("java.time.ZonedDateTime", NOW, "now"),
			calls("java.lang.Math", "the injected RandomGenerator", "random"),
			calls("java.util.UUID", "the injected RandomGenerator", "randomUUID"),
			calls("java.lang.System", "NodeId, slots or sequence numbers", "identityHashCode"),
			calls("java.lang.Thread", "nextDeadline(): the driver owns threads"));

	/** Collections whose iteration order differs from JVM to JVM. */
	static final List<Forbidden> UNORDERED = List.of(calls("java.util.Set", 2, ORDERED, "of"),
			calls("java.util.Map", 4, ORDERED, "of"), calls("java.util.Set", ORDERED, "copyOf"),
			calls("java.util.Map", ORDERED, "copyOf", "ofEntries"),
			calls("java.util.stream.Collectors", ORDERED, "toSet", "toUnmodifiableSet", "toUnmodifiableMap"));

	/** Functions whose last bit may differ between JDKs. */
	static final List<Forbidden> PLATFORM_MATH = List
		.of(calls("java.lang.Math", STRICT, "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh",
				"tanh", "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot"));

	private static Forbidden calls(String owner, String instead, String... methods) {
		return calls(owner, 0, instead, methods);
	}

	private static Forbidden calls(String owner, int fewestArguments, String instead, String... methods) {
		return new Forbidden(owner, Set.of(methods), fewestArguments, instead);
	}

	private boolean matches(AccessTarget target) {
		return target instanceof CodeUnitAccessTarget call && call.getOwner().getFullName().equals(this.owner)
				&& (this.methods.isEmpty() || this.methods.contains(call.getName()))
				&& (call.getRawParameterTypes().size() >= this.fewestArguments || hasArrayParameter(call));
	}

	private static boolean hasArrayParameter(CodeUnitAccessTarget call) {
		return call.getRawParameterTypes().stream().anyMatch((type) -> type.isArray());
	}

	static DescribedPredicate<JavaAccess<?>> anyOf(List<Forbidden> list) {
		return DescribedPredicate.describe(list.toString(),
				(access) -> list.stream().anyMatch((forbidden) -> forbidden.matches(access.getTarget())));
	}

	@Override
	public String toString() {
		String what = this.methods.isEmpty() ? "*" : String.join("|", this.methods.stream().sorted().toList());
		return this.owner + "." + what + " (use " + this.instead + ")";
	}

}
