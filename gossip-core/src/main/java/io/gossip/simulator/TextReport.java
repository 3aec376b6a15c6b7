package io.gossip.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A report for people: a page with what was simulated, tables with units, and plots. */
final class TextReport {

	private static final int NAME_WIDTH = 46;

	private static final int COLUMN_WIDTH = 11;

	private static final int WIDTH_MAX = 116;

	/** What the heading says already. */
	private static final List<String> OF_THE_HEADING = List.of("scenario", "nodes", "zones", "seed", "virtualSeconds",
			"wallSeconds", "speedup", "events", "heapPeakMegabytes", "traceHash");

	private static final Map<String, String> NAMES = new TreeMap<>();

	static {
		NAMES.put("invariantViolations", "broken rules of the protocol");
		NAMES.put("incidents", "incidents measured");
		NAMES.put("detectFirstMillis", "until the first node knows of a crash");
		NAMES.put("detect99Millis", "until 99 % of the nodes know");
		NAMES.put("detectAllMillis", "until all nodes know");
		NAMES.put("spread99Millis", "until 99 % of the nodes have an update");
		NAMES.put("spreadMillis", "until all nodes have it");
		NAMES.put("joinMillis", "until a node knows all others");
		NAMES.put("restart.joinMillis", "until all know a new process");
		NAMES.put("leaveMillis", "until all know who has left");
		NAMES.put("healMillis", "from the heal until a node's view is final");
		NAMES.put("rumorAgeMillis", "age of news when a node first hears it");
		NAMES.put("suspicionsOfHealthy", "healthy members suspected");
		NAMES.put("deathsOfHealthy", "healthy members declared dead");
		NAMES.put("deathsOfHealthyByHealthy", "of these by a healthy accuser");
		NAMES.put("bytesToOtherZonesPerNodePerSecond", "of these, bytes sent a second to other zones, by class");
		NAMES.put("bytesPerNodePerSecond", "bytes sent a second, over the nodes");
		NAMES.put("messagesPerNodePerSecond", "packets sent a second, over the nodes");
		NAMES.put("bytesInOneSecondMax", "most bytes that a node sent in a second");
		NAMES.put("bytesInOneSecondBesideSnapshotsMax", "the same without snapshots and large records");
		NAMES.put("copiesPerRumorPerNode", "times that a node hears a piece of news");
		NAMES.put("viewHashesAtEnd", "different views at the end");
		NAMES.put("divergenceSeconds", "time in which connected views differed");
		NAMES.put("divergence", "share of received view hashes that differed");
		NAMES.put("failureEvents", "Failed events, at all nodes");
		NAMES.put("suspicionEvents", "Suspected events, at all nodes");
		NAMES.put("eventsPerFlip", "events a flip, at each of the others");
	}

	private final SimulateOptions options;

	private final String summary;

	private final StringBuilder text = new StringBuilder();

	private boolean hasRows;

	TextReport(SimulateOptions options, String summary) {
		this.options = options;
		this.summary = summary;
	}

	String of(Report report) {
		heading(report);
		List<String> columns = List.of();
		for (Figure figure : report.figures()) {
			if (!OF_THE_HEADING.contains(figure.name())) {
				columns = columns(figure, columns);
				row(figure);
			}
		}
		for (Curve curve : report.curves()) {
			this.text.append('\n').append(Plot.of(curve));
		}
		return this.text.toString();
	}

	private void heading(Report report) {
		this.text.append(this.options.scenario()).append(": ").append(this.summary).append("\n\n");
		line("cluster",
				String.format(Locale.ROOT, "%,d nodes in %d zone%s, seed %d, %s start", this.options.nodes(),
						this.options.zones(), (this.options.zones() == 1) ? "" : "s", this.options.seed(),
						this.options.startsWarm() ? "warm" : "cold"));
		line("network",
				String.format(Locale.ROOT, "latency %s%s, loss %s", Durations.text(this.options.latency()),
						(this.options.zones() == 1) ? ""
								: " within a zone and " + Durations.text(this.options.zoneLatency()) + " between zones",
						Plot.percent(this.options.loss())));
		Blocks blocks = this.options.blocks();
		if (blocks != null) {
			line("anomalies", blocks.members() + " members blocked for " + Durations.text(blocks.blocked()) + " every "
					+ Durations.text(blocks.interval()));
		}
		line("settings", this.options.settings().isEmpty() ? "the defaults"
				: String.join(", ", this.options.settings()) + ", else the defaults");
		line("course",
				String.format(Locale.ROOT,
						"%,.0f s simulated in %,.1f s (%,.1f times as fast), %,.0f events, heap %,.0f MB",
						number(report, "virtualSeconds"), number(report, "wallSeconds"), number(report, "speedup"),
						number(report, "events"), number(report, "heapPeakMegabytes")));
		line("trace", value(report, "traceHash"));
		this.text.append("  again     ").append(this.options.command()).append('\n');
	}

	private static double number(Report report, String name) {
		return Double.parseDouble(value(report, name));
	}

	private static String value(Report report, String name) {
		return report.figures()
			.stream()
			.filter((figure) -> figure.name().equals(name))
			.map((figure) -> figure.parts().get(0).value())
			.findFirst()
			.orElseThrow();
	}

	/** Settings may be many: they go on in the next line. */
	private void line(String name, String value) {
		String indent = " ".repeat(12);
		StringBuilder line = new StringBuilder("  ").append(name).append(" ".repeat(10 - name.length()));
		for (String word : value.split(" ", -1)) {
			if (line.length() + word.length() > WIDTH_MAX && line.length() > indent.length()) {
				this.text.append(line.toString().stripTrailing()).append('\n');
				line.setLength(0);
				line.append(indent);
			}
			line.append(word).append(' ');
		}
		this.text.append(line.toString().stripTrailing()).append('\n');
	}

	/** Names the columns, where they change. */
	private List<String> columns(Figure figure, List<String> before) {
		List<String> columns = new ArrayList<>();
		for (Figure.Part part : figure.parts()) {
			if (!part.key().isEmpty()) {
				columns.add(part.key());
			}
		}
		if (columns.equals(before) && this.hasRows) {
			return columns;
		}
		this.hasRows = true;
		StringBuilder line = new StringBuilder(" ".repeat(NAME_WIDTH));
		columns.forEach((column) -> line.append(padded(column)));
		this.text.append(line.toString().stripTrailing()).append('\n');
		return columns;
	}

	private void row(Figure figure) {
		StringBuilder line = new StringBuilder("  ").append(name(figure.name()));
		line.append(" ".repeat(Math.max(1, NAME_WIDTH - line.length())));
		for (Figure.Part part : figure.parts()) {
			line.append(padded(withUnit(figure.name(), part)));
		}
		this.text.append(line.toString().stripTrailing()).append('\n');
	}

	private String name(String figure) {
		String plain = NAMES.getOrDefault(figure, words(figure));
		return NAMES.getOrDefault(this.options.scenario() + "." + figure, plain);
	}

	private static String padded(String value) {
		return " ".repeat(Math.max(1, COLUMN_WIDTH - value.length())) + value;
	}

	private static String withUnit(String name, Figure.Part part) {
		if (part.isWord()) {
			return part.value();
		}
		double value = Double.parseDouble(part.value());
		if (name.endsWith("Millis")) {
			return Plot.time(value * 1e6);
		}
		if (name.endsWith("Seconds")) {
			return Plot.time(value * 1e9);
		}
		if (name.startsWith("bytes")) {
			return String.format(Locale.ROOT, "%,.0f B", value);
		}
		if ("divergence".equals(name)) {
			return Plot.percent(value);
		}
		return (value == StrictMath.rint(value)) ? String.format(Locale.ROOT, "%,d", (long) value)
				: String.format(Locale.ROOT, "%,.2f", value);
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
