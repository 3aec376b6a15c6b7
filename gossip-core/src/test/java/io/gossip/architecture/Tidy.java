package io.gossip.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import org.jspecify.annotations.Nullable;

/**
 * The linter of source text: limits of size, and texts that may not occur, each with its
 * replacement. It judges one file at a time and knows nothing of the disk.
 */
final class Tidy {

	static final int FILE_LINES_MAX = 500;

	static final int METHOD_LINES_MAX = 70;

	static final int LINE_COLUMNS_MAX = 120;

	private static final int TAB_COLUMNS = 4;

	/** What may not occur where; the literals are split so that this file is tidy too. */
	private static final List<Banned> BANNED = List.of(
			new Banned("", "\\bTO" + "DO\\b|\\bFIX" + "ME\\b", "an issue, or the work itself"),
			new Banned("", "@auth" + "or\\b", "nothing: the history knows"),
			new Banned("", "(?m)^import (static )?[\\w.]+\\.\\*;", "one import for each class"),
			new Banned("src/main", "Metrics\\.global" + "Registry", "the registry that is passed in"),
			new Banned("src/test", "\\bThread\\.sl" + "eep\\(|\\b[A-Z]+\\.sl" + "eep\\(",
					"a latch, a future or a poll with a deadline"),
			new Banned("src/test", "@Dis" + "abled\\b", "a repaired test, or none"),
			new Banned("src/test", "\\bnew Ran" + "dom\\(\\)|\\bnew SplittableRan" + "dom\\(\\)",
					"a fixed seed that the failure prints"),
			new Banned("src/main", "\\bSystem\\.g" + "c\\(\\)", "nothing: the collector knows"));

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	/**
	 * What is wrong with a file.
	 * @param path where it is, with forward slashes
	 * @param text what it holds
	 * @return one line for each defect: place, what it is, and what to do
	 */
	List<String> check(String path, String text) {
		List<String> defects = new ArrayList<>();
		List<String> lines = text.lines().toList();
		if (lines.size() > FILE_LINES_MAX) {
			defects.add(path + ": has " + lines.size() + " lines, the limit is " + FILE_LINES_MAX
					+ ": find the second noun");
		}
		for (int i = 0; i < lines.size(); i++) {
			int columns = columns(lines.get(i));
			if (columns > LINE_COLUMNS_MAX) {
				defects.add(at(path, i + 1) + "has " + columns + " columns, the limit is " + LINE_COLUMNS_MAX);
			}
		}
		for (Banned banned : BANNED) {
			banned.check(path, text, defects);
		}
		if (path.endsWith("/package-info.java")) {
			checkPackageInfo(path, text, defects);
		}
		checkMethods(path, text, defects);
		return defects;
	}

	private static void checkPackageInfo(String path, String text, List<String> defects) {
		if (path.contains("src/main") && !Pattern.compile("\\b(?i:uses?)\\b").matcher(text).find()) {
			defects.add(path + ": does not say what the package uses");
		}
		if (path.contains("src/main") && !text.contains("@NullMarked")) {
			defects.add(path + ": is not @NullMarked");
		}
	}

	private void checkMethods(String path, String text, List<String> defects) {
		JavacTask task = (JavacTask) this.compiler.getTask(null, null, null, List.of("-proc:none"), null,
				List.of(new Source(text)));
		SourcePositions positions = Trees.instance(task).getSourcePositions();
		try {
			for (CompilationUnitTree unit : task.parse()) {
				new TreeScanner<@Nullable Void, @Nullable Void>() {

					@Override
					public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
						LineMap lines = unit.getLineMap();
						long first = lines.getLineNumber(positions.getStartPosition(unit, method));
						long last = lines.getLineNumber(positions.getEndPosition(unit, method));
						if (last - first + 1 > METHOD_LINES_MAX) {
							defects.add(at(path, first) + method.getName() + " has " + (last - first + 1)
									+ " lines, the limit is " + METHOD_LINES_MAX + ": move a leaf out");
						}
						return super.visitMethod(method, null);
					}

				}.scan(unit, null);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int columns(String line) {
		int columns = 0;
		for (int i = 0; i < line.length(); i++) {
			columns += (line.charAt(i) == '\t') ? TAB_COLUMNS : 1;
		}
		return columns;
	}

	private static String at(String path, long line) {
		return path + ":" + line + ": ";
	}

	/** A text that may not occur under a path, and what to write instead. */
	private record Banned(String where, Pattern what, String instead) {

		Banned(String where, String what, String instead) {
			this(where, Pattern.compile(what), instead);
		}

		void check(String path, String text, List<String> defects) {
			if (path.contains(this.where)) {
				this.what.matcher(text)
					.results()
					.forEach((hit) -> defects.add(at(path, text.substring(0, hit.start()).lines().count())
							+ hit.group().strip() + " is banned, use " + this.instead));
			}
		}

	}

	/** A source in memory. */
	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String text) {
			super(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
