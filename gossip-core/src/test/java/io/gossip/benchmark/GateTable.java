package io.gossip.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Figures, printed with the gates that they have to pass as they become known. */
final class GateTable {

	private int misses;

	void head() {
		System.out.println("| nodes | figure | measured | worst | gate | |");
		System.out.println("|---:|---|---:|---:|---:|---|");
	}

	/** A row of the median of several figures. */
	void row(int nodes, String figure, String unit, List<Double> values, @Nullable Double gate) {
		double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		double median = sorted[sorted.length / 2];
		String worst = (sorted.length > 1) ? format(sorted[sorted.length - 1]) : "";
		boolean missed = gate != null && !(median <= gate);
		this.misses += (missed) ? 1 : 0;
		String verdict = (gate == null) ? "" : (missed) ? "miss" : "pass";
		System.out.println("| " + nodes + " | " + figure + " | " + format(median) + " " + unit + " | " + worst + " | "
				+ ((gate != null) ? "<= " + format(gate) : "") + " | " + verdict + " |");
	}

	void row(int nodes, String figure, String unit, double value, @Nullable Double gate) {
		row(nodes, figure, unit, Arrays.asList(value), gate);
	}

	int misses() {
		return this.misses;
	}

	private static String format(double value) {
		if (Double.isInfinite(value)) {
			return "never";
		}
		boolean whole = value == Math.rint(value) || value >= 100;
		return String.format(Locale.ROOT, (whole) ? "%,.0f" : "%.2f", value);
	}

}
