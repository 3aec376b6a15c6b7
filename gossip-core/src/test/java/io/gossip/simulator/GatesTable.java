package io.gossip.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of the gates in the README: one line a scenario, with the worst of what its
 * seeds have shown. Every measured figure has an upper bound, so the worst is the
 * greatest.
 */
final class GatesTable {

	private static final String BEGIN = "<!-- gates: begin -->\n";

	private static final String END = "<!-- gates: end -->\n";

	private static final Pattern FIGURE = Pattern.compile("\\*\\*([-0-9.,]+)\\*\\*");

	private GatesTable() {
	}

	/**
	 * Replaces the table in a text.
	 * @param args the file of rows that the gates have written, and the text
	 * @throws IOException if one of them cannot be read or written
	 */
	public static void main(String[] args) throws IOException {
		Path readme = Path.of(args[1]);
		Files.writeString(readme, replaced(Files.readString(readme), markdown(Files.readAllLines(Path.of(args[0])))));
	}

	/** The text with another table between its marks. */
	static String replaced(String text, String table) {
		int begin = text.indexOf(BEGIN);
		int end = text.indexOf(END);
		if (begin < 0 || end < begin) {
			throw new IllegalArgumentException("no lines " + BEGIN.trim() + " and " + END.trim() + " in the text");
		}
		return text.substring(0, begin + BEGIN.length()) + table + text.substring(end);
	}

	/** One line for each scenario, in the order in which they come first. */
	static String markdown(List<String> rows) {
		Map<String, List<String>> figures = new LinkedHashMap<>();
		Map<String, TreeSet<Integer>> seeds = new LinkedHashMap<>();
		for (String row : rows) {
			String[] cells = row.split("\\|");
			String scenario = cells[1].trim();
			seeds.computeIfAbsent(scenario, (key) -> new TreeSet<>()).add(Integer.valueOf(cells[2].trim()));
			figures.merge(scenario, List.of(cells[3].trim()), GatesTable::appended);
		}
		StringBuilder table = new StringBuilder("| scenario | the worst of the seeds | seeds |\n|---|---|---|\n");
		figures.forEach((scenario, each) -> table
			.append("| %s | %s | %s |%n".formatted(scenario, worst(each), text(seeds.get(scenario)))));
		return table.toString().replace(System.lineSeparator(), "\n");
	}

	private static List<String> appended(List<String> some, List<String> more) {
		List<String> all = new ArrayList<>(some);
		all.addAll(more);
		return all;
	}

	private static String text(Iterable<Integer> seeds) {
		StringBuilder text = new StringBuilder();
		seeds.forEach((seed) -> text.append(text.isEmpty() ? "" : ", ").append(seed));
		return text.toString();
	}

	/** The first text, with the greatest of each of its figures. */
	private static String worst(List<String> texts) {
		List<List<String>> figures = texts.stream()
			.map((text) -> FIGURE.matcher(text).results().map((result) -> result.group(1)).toList())
			.toList();
		int[] next = new int[1];
		return FIGURE.matcher(texts.get(0)).replaceAll((MatchResult result) -> {
			int index = next[0]++;
			return Matcher.quoteReplacement("**" + figures.stream()
				.map((each) -> each.get(index))
				.max((one, other) -> Double.compare(number(one), number(other)))
				.map(GatesTable::rounded)
				.orElseThrow() + "**");
		});
	}

	/** Without the decimals that say nothing: those of a whole, and of hundreds. */
	private static String rounded(String figure) {
		double value = number(figure);
		boolean saysNothing = value >= 100 || value == Math.rint(value);
		return (figure.contains(".") && saysNothing) ? "%,d".formatted(Math.round(value)) : figure;
	}

	private static double number(String figure) {
		return Double.parseDouble(figure.replace(",", ""));
	}

}
