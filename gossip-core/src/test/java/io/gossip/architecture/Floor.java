package io.gossip.architecture;

import java.util.ArrayList;
import java.util.List;

import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * A package of gossip-core with what it may use: itself, the named floors above it, the
 * JDK, and the named libraries.
 */
record Floor(String name, List<String> uses, List<String> libraries) {

	/**
	 * Floors from top to bottom; siblings never see each other, the engine introduces
	 * them.
	 */
	static final List<Floor> ALL = List.of(floor(""), floor("protocol").uses(""),
			floor("protocol.wire").uses("", "protocol"),
			floor("protocol.membership").uses("", "protocol", "protocol.wire"),
			floor("protocol.peer").uses("", "protocol", "protocol.wire", "protocol.membership"),
			floor("protocol.rumor").uses("", "protocol", "protocol.wire", "protocol.membership"),
			floor("protocol.probe").uses("", "protocol", "protocol.wire", "protocol.membership", "protocol.peer",
					"protocol.rumor"),
			floor("protocol.antientropy").uses("", "protocol", "protocol.wire", "protocol.membership", "protocol.peer",
					"protocol.rumor"),
			floor("protocol.engine").uses("", "protocol.."),
			floor("netty..").uses("", "protocol..").with("io.netty..", "org.slf4j..", "javax.naming.."),
			floor("micrometer..").uses("", "protocol", "netty").with("io.micrometer.."),
			floor("simulator..").uses("", "protocol.."));

	private static Floor floor(String name) {
		return new Floor(name, List.of(), List.of());
	}

	private Floor uses(String... floors) {
		return new Floor(this.name, List.of(floors), this.libraries);
	}

	private Floor with(String... packages) {
		return new Floor(this.name, this.uses, List.of(packages));
	}

	/** The package of a floor below a root package, as a pattern. */
	static String at(String root, String floor) {
		return floor.isEmpty() ? root : root + "." + floor;
	}

	ArchRule rule(String root) {
		List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify.."));
		allowed.addAll(this.libraries);
		allowed.add(at(root, this.name));
		this.uses.forEach((floor) -> allowed.add(at(root, floor)));
		return classes().that()
			.resideInAPackage(at(root, this.name))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(allowed.toArray(String[]::new));
	}

}
