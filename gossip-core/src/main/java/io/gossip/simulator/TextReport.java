package io.gossip.simulator;

/** A report for people: one figure a line, words instead of camel case. */
final class TextReport {

	private static final int NAME_WIDTH = 34;

	private TextReport() {
	}

	static String of(Report report, String summary) {
		StringBuilder text = new StringBuilder(summary).append("\n\n");
		for (Figure figure : report.figures()) {
			StringBuilder line = new StringBuilder("  ").append(words(figure.name()));
			while (line.length() < NAME_WIDTH) {
				line.append(' ');
			}
			for (Figure.Part part : figure.parts()) {
				line.append((part.key().isEmpty()) ? "" : part.key() + " ").append(part.value()).append("   ");
			}
			text.append(line.toString().stripTrailing()).append('\n');
		}
		return text.toString();
	}

	private static String words(String name) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			char letter = name.charAt(i);
			if (Character.isUpperCase(letter)) {
				words.append(' ').append(Character.toLowerCase(letter));
			}
			else {
				words.append(letter);
			}
		}
		return words.toString();
	}

}
