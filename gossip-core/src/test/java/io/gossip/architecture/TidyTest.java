package io.gossip.architecture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The sources of all modules are tidy, and {@link Tidy} sees what is not. */
class TidyTest {

	private static final String MAIN = "a/src/main/java/a/A.java";

	private static final String TEST = "a/src/test/java/a/ATest.java";

	private static SortedMap<String, String> files;

	private final Tidy tidy = new Tidy();

	@BeforeAll
	static void readAll() throws IOException {
		files = SourceTree.read(SourceTree.root());
	}

	@Test
	void everySourceIsTidy() {
		List<String> defects = new ArrayList<>();
		files.forEach((path, text) -> {
			if (path.endsWith(".java")) {
				defects.addAll(this.tidy.check(path, text));
			}
		});
		assertThat(files.keySet()).anyMatch((path) -> path.startsWith("gossip-core/src/main"));
		assertThat(defects).isEmpty();
	}

	@Test
	void everyPackageSaysWhatItIs() {
		assertThat(packagesWithoutInfo(files)).isEmpty();
	}

	@Test
	void everyMainSourceIsMentionedSomewhereElse() {
		assertThat(unmentioned(files)).isEmpty();
	}

	@Test
	void theDocumentsAreAtTheirPlace() {
		assertThat(files.keySet().stream().filter((path) -> path.endsWith(".md"))).contains("README.md", "CHANGELOG.md",
				"CONTRIBUTING.md", "gossip-core/PROTOCOL.md", "gossip-core/DECISIONS.md");
	}

	@Test
	void aPackageThatDoesNotSayWhatItIsIsFound() {
		var sources = new TreeMap<>(Map.of("m/src/main/java/a/A.java", "", "m/src/main/java/b/B.java", "",
				"m/src/main/java/b/package-info.java", "", "m/src/test/java/c/CTest.java", ""));
		assertThat(packagesWithoutInfo(sources)).containsExactly("m/src/main/java/a");
	}

	@Test
	void aSourceThatNobodyMentionsIsFound() {
		var sources = new TreeMap<>(Map.of("m/src/main/java/a/Used.java", "class Used {}",
				"m/src/main/java/a/Dead.java", "class Dead { Used used; }", "README.md", "Deadline"));
		assertThat(unmentioned(sources)).containsExactly("m/src/main/java/a/Dead.java");
	}

	@Test
	void aTidySourceHasNoDefects() {
		assertThat(this.tidy.check(MAIN, "package a;\n\nclass A {\n\n\tvoid a() {\n\t}\n\n}\n")).isEmpty();
	}

	@Test
	void aLongFileIsFound() {
		assertThat(this.tidy.check(MAIN, "\n".repeat(Tidy.FILE_LINES_MAX))).isEmpty();
		assertThat(this.tidy.check(MAIN, "\n".repeat(Tidy.FILE_LINES_MAX + 1))).singleElement()
			.asString()
			.contains("501 lines");
	}

	@Test
	void aLongMethodIsFoundWhereverItIsDeclared() {
		String longest = "void a() {" + "\n".repeat(Tidy.METHOD_LINES_MAX - 1) + "}";
		String tooLong = "void a() {" + "\n".repeat(Tidy.METHOD_LINES_MAX) + "}";
		assertThat(this.tidy.check(MAIN, "class A {" + longest + "}")).isEmpty();
		assertThat(this.tidy.check(MAIN, "class A {\n" + tooLong + "}")).singleElement()
			.asString()
			.startsWith(MAIN + ":2: a has 71 lines");
		assertThat(this.tidy.check(MAIN, "class A { Object o = new Object() {" + tooLong + "}; }")).hasSize(1);
		assertThat(this.tidy.check(MAIN, "record A(int a) { A {" + "\n".repeat(Tidy.METHOD_LINES_MAX) + "} }"))
			.hasSize(1);
	}

	@Test
	void aLongLineIsFoundAndATabCountsFour() {
		String widest = "\t// " + "x".repeat(Tidy.LINE_COLUMNS_MAX - 7);
		assertThat(this.tidy.check(MAIN, widest)).isEmpty();
		assertThat(this.tidy.check(MAIN, widest + "x")).singleElement().asString().contains(":1: has 121 columns");
	}

	@ParameterizedTest
	@ValueSource(strings = { "// TO" + "DO later", "// FIX" + "ME now", "/** @auth" + "or me */",
			"import java.util" + ".*;", "import static org.assertj.core.api.Assertions" + ".*;" })
	void aBannedTextIsFoundEverywhere(String text) {
		assertThat(this.tidy.check(MAIN, text)).singleElement().asString().contains("is banned, use ");
		assertThat(this.tidy.check(TEST, text)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "// Thread.sl" + "eep(1)", "// TimeUnit.SECONDS.sl" + "eep(1)",
			"@Dis" + "abled class A {}", "// new Ran" + "dom()" })
	void aBannedTextOfTestsIsFoundInTests(String text) {
		assertThat(this.tidy.check(TEST, text)).singleElement().asString().contains("is banned, use ");
		assertThat(this.tidy.check(MAIN, text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "// System.g" + "c()", "// Metrics.global" + "Registry" })
	void aBannedTextOfTheCodeIsFoundInTheCode(String text) {
		assertThat(this.tidy.check(MAIN, text)).singleElement().asString().contains("is banned, use ");
		assertThat(this.tidy.check(TEST, text)).isEmpty();
	}

	@Test
	void aDefectNamesItsLine() {
		assertThat(this.tidy.check(MAIN, "\n\n// TO" + "DO")).singleElement().asString().startsWith(MAIN + ":3: ");
	}

	@Test
	void aPackageInfoSaysWhatThePackageUsesAndIsNullMarked() {
		String path = "a/src/main/java/a/package-info.java";
		assertThat(this.tidy.check(path, "/** Things. Uses the JDK. */ @NullMarked package a;")).isEmpty();
		assertThat(this.tidy.check(path, "/** Useful things. */ @NullMarked package a;")).hasSize(1);
		assertThat(this.tidy.check(path, "/** Things. Uses the JDK. */ package a;")).hasSize(1);
	}

	private static List<String> packagesWithoutInfo(SortedMap<String, String> sources) {
		TreeSet<String> packages = new TreeSet<>();
		sources.keySet()
			.stream()
			.filter((path) -> path.contains("/src/main/java/"))
			.forEach((path) -> packages.add(path.substring(0, path.lastIndexOf('/'))));
		packages.removeIf((folder) -> sources.containsKey(folder + "/package-info.java"));
		return List.copyOf(packages);
	}

	/** Sources whose name no other file holds as a word: nobody would miss them. */
	private static List<String> unmentioned(SortedMap<String, String> sources) {
		List<String> dead = new ArrayList<>();
		sources.forEach((path, text) -> {
			String name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
			if (path.contains("/src/main/java/") && !name.equals("package-info")) {
				var word = Pattern.compile("\\b" + name + "\\b");
				boolean mentioned = sources.entrySet()
					.stream()
					.anyMatch((other) -> !other.getKey().equals(path) && word.matcher(other.getValue()).find());
				if (!mentioned) {
					dead.add(path);
				}
			}
		});
		return dead;
	}

}
