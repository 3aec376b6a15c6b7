package io.gossip.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What a run has shown, in the order in which it was written down. */
final class Report {

	private static final double NANOS_PER_MILLI = 1e6;

	private final List<Figure> figures = new ArrayList<>();

	private final List<Curve> curves = new ArrayList<>();

	List<Figure> figures() {
		return this.figures;
	}

	/** What is to be drawn, where the report is for people. */
	List<Curve> curves() {
		return this.curves;
	}

	/** Takes over all that another one has. */
	void addAll(Report other) {
		this.figures.addAll(other.figures);
		this.curves.addAll(other.curves);
	}

	/** Draws how a share grows, unless nothing was measured. */
	void curve(String title, Samples nanos) {
		if (nanos.size() > 0) {
			this.curves.add(new Curve(title, nanos));
		}
	}

	void word(String name, String value) {
		this.figures.add(new Figure(name, List.of(new Figure.Part("", value, true))));
	}

	void number(String name, long value) {
		this.figures.add(new Figure(name, List.of(new Figure.Part("", Long.toString(value), false))));
	}

	void decimal(String name, double value) {
		this.figures.add(new Figure(name, List.of(new Figure.Part("", rounded(value), false))));
	}

	/** Median, 99th percentile and maximum of durations; nothing if none was measured. */
	void millis(String name, Samples nanos) {
		if (nanos.size() > 0) {
			this.figures.add(new Figure(name, List.of(millis("p50", nanos.quantile(0.5)),
					millis("p99", nanos.quantile(0.99)), millis("max", nanos.max()))));
		}
	}

	/** The same of durations too many to keep. */
	void millis(String name, Histogram nanos) {
		if (nanos.total() > 0) {
			this.figures.add(new Figure(name, List.of(millis("p50", nanos.quantile(0.5)),
					millis("p99", nanos.quantile(0.99)), millis("max", nanos.quantile(1)))));
		}
	}

	/** Mean, 99th percentile and maximum over the nodes, and means of parts. */
	void load(String name, Samples perNode, double divisor, List<Figure.Part> parts) {
		List<Figure.Part> all = new ArrayList<>();
		all.add(part("mean", perNode.mean() / divisor));
		all.add(part("p99", perNode.quantile(0.99) / divisor));
		all.add(part("max", perNode.max() / divisor));
		all.addAll(parts);
		this.figures.add(new Figure(name, List.copyOf(all)));
	}

	/** Several numbers under one name. */
	void parts(String name, List<Figure.Part> parts) {
		this.figures.add(new Figure(name, List.copyOf(parts)));
	}

	static Figure.Part part(String key, double value) {
		return new Figure.Part(key, rounded(value), false);
	}

	private static Figure.Part millis(String key, long nanos) {
		return part(key, nanos / NANOS_PER_MILLI);
	}

	private static String rounded(double value) {
		BigDecimal rounded = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
		return (rounded.signum() == 0) ? "0" : rounded.toPlainString();
	}

}
