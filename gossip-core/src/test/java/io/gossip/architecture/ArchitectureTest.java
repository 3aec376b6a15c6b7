package io.gossip.architecture;

import java.util.ArrayList;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code keeps every {@link ArchitectureRule}, and every rule goes red on what is
 * planted for it: each member of a class called {@code Planted} is wrong, no other is.
 */
class ArchitectureTest {

	private static final String ROOT = "io.gossip";

	private static final String FIXTURES = ROOT + ".architecture.fixture.";

	private static final JavaClasses CODE = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@ParameterizedTest
	@EnumSource
	void theCodeKeepsTheRule(ArchitectureRule rule) {
		rule.over(ROOT).check(CODE);
	}

	@ParameterizedTest
	@EnumSource
	void theRuleIsRedOnWhatIsPlantedForItAndOnNothingElse(ArchitectureRule rule) {
		String root = FIXTURES + rule.fixture();
		JavaClasses fixture = new ClassFileImporter().importPackages(root);
		List<String> reported = rule.over(root).evaluate(fixture).getFailureReport().getDetails();
		List<String> planted = new ArrayList<>();
		fixture.stream()
			.filter((type) -> type.getSimpleName().equals("Planted"))
			.forEach((type) -> planted.addAll(wrongIn(type)));
		assertThat(planted).as("planted in %s", root).isNotEmpty();
		assertThat(planted).as("planted and reported: %s", reported)
			.allMatch((wrong) -> reported.stream().anyMatch((line) -> line.contains(wrong)));
		assertThat(reported).noneMatch((line) -> line.contains(".Innocent.") && !line.contains(".Planted"));
	}

	private static List<String> wrongIn(JavaClass type) {
		List<String> members = type.getMembers()
			.stream()
			.filter((member) -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
			.filter((member) -> !member.getName().equals("<init>"))
			.map(JavaMember::getFullName)
			.toList();
		return members.isEmpty() ? List.of(type.getFullName()) : members;
	}

}
