package io.gossip.simulator;

/** A report for programs: one JSON object. Names and words need no escapes. */
final class JsonReport {

	private JsonReport() {
	}

	static String of(Report report) {
		StringBuilder json = new StringBuilder("{\n");
		String separator = "";
		for (Figure figure : report.figures()) {
			json.append(separator).append("  \"").append(figure.name()).append("\": ");
			value(json, figure);
			separator = ",\n";
		}
		return json.append("\n}").toString();
	}

	private static void value(StringBuilder json, Figure figure) {
		Figure.Part first = figure.parts().get(0);
		if (first.key().isEmpty()) {
			value(json, first);
			return;
		}
		String separator = "{ ";
		for (Figure.Part part : figure.parts()) {
			json.append(separator).append('"').append(part.key()).append("\": ");
			value(json, part);
			separator = ", ";
		}
		json.append(" }");
	}

	private static void value(StringBuilder json, Figure.Part part) {
		if (part.isWord()) {
			json.append('"').append(part.value()).append('"');
		}
		else {
			json.append(part.value());
		}
	}

}
