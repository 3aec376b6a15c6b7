package io.gossip.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** A curve drawn in characters: the share reached, over time. */
final class Plot {

	private static final int COLUMNS = 60;

	private static final int ROWS = 10;

	private static final int TICKS = 4;

	/** Beyond so many times the 99th percentile a tail is told, not drawn. */
	private static final long TAIL = 3;

	private static final double[] STEPS = { 1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10 };

	private Plot() {
	}

	static String of(Curve curve) {
		Samples samples = curve.nanos();
		long drawn = samples.max();
		long ninetyNine = Math.max(1, samples.quantile(0.99));
		boolean hasTail = drawn > TAIL * ninetyNine;
		double width = roundedUp(hasTail ? 1.5 * ninetyNine : (double) drawn);
		StringBuilder text = new StringBuilder("  share of ").append(curve.title()).append('\n');
		double[] shares = shares(samples, width);
		for (int row = ROWS; row > 0; row--) {
			text.append(String.format(Locale.ROOT, "%6d %% |", row * 100 / ROWS));
			StringBuilder line = new StringBuilder();
			for (int column = 0; column < COLUMNS; column++) {
				line.append(cell(shares[column] * ROWS - (row - 1)));
			}
			text.append(line.toString().stripTrailing()).append('\n');
		}
		text.append("       0 +").append(("-".repeat(COLUMNS / TICKS - 1) + "+").repeat(TICKS)).append('\n');
		StringBuilder axis = new StringBuilder("         0");
		for (int tick = 1; tick <= TICKS; tick++) {
			String time = time(width * tick / TICKS);
			int end = 10 + COLUMNS / TICKS * tick;
			axis.append(" ".repeat(Math.max(1, end - axis.length() - (time.length() + 1) / 2))).append(time);
		}
		text.append(axis).append('\n');
		if (hasTail) {
			text.append("         the last one: ").append(time((double) samples.max())).append('\n');
		}
		return text.toString();
	}

	/** The share that is reached at the end of each column. */
	private static double[] shares(Samples samples, double width) {
		double[] shares = new double[COLUMNS];
		for (int column = 0; column < COLUMNS; column++) {
			shares[column] = samples.shareUpTo((long) (width / COLUMNS * (column + 1)));
		}
		return shares;
	}

	/** How a cell looks of which so much is filled. */
	private static char cell(double filled) {
		return (filled >= 1) ? '#' : (filled >= 0.5) ? ':' : (filled > 0.05) ? '.' : ' ';
	}

	private static double roundedUp(double value) {
		double unit = 1;
		while (unit * 10 <= value) {
			unit *= 10;
		}
		for (double step : STEPS) {
			if (step * unit >= value) {
				return step * unit;
			}
		}
		return value;
	}

	/** A duration for people, with three digits. */
	static String time(double nanos) {
		if (nanos == 0) {
			return "0";
		}
		if (nanos < 1e6) {
			return digits(nanos / 1e3) + " us";
		}
		if (nanos < 1e9) {
			return digits(nanos / 1e6) + " ms";
		}
		return digits(nanos / 1e9) + " s";
	}

	/** A share for people, such as {@code 1 %}. */
	static String percent(double share) {
		return digits(share * 100) + " %";
	}

	private static String digits(double value) {
		int scale = (value >= 100) ? 0 : (value >= 10) ? 1 : 2;
		BigDecimal rounded = BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP).stripTrailingZeros();
		return (rounded.signum() == 0) ? "0" : rounded.toPlainString();
	}

}
