package io.gossip.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/**
 * Durations as people write them: {@code 500us}, {@code 200ms}, {@code 2s}, {@code 24h}.
 */
final class Durations {

	private static final String[] UNITS = { "ns", "us", "ms", "s", "m", "h", "d" };

	private static final long[] UNIT_NANOS = { 1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L,
			86_400_000_000_000L };

	private Durations() {
	}

	/**
	 * Reads a duration.
	 * @throws IllegalArgumentException if it is none
	 */
	static Duration parse(String text) {
		int digits = 0;
		while (digits < text.length()
				&& (Character.digit(text.charAt(digits), 10) >= 0 || text.charAt(digits) == '.')) {
			digits++;
		}
		String unit = text.substring(digits).trim();
		for (int i = 0; i < UNITS.length; i++) {
			if (UNITS[i].equals(unit) && digits > 0) {
				try {
					return Duration
						.ofNanos(new BigDecimal(text.substring(0, digits)).multiply(BigDecimal.valueOf(UNIT_NANOS[i]))
							.longValueExact());
				}
				catch (ArithmeticException | NumberFormatException ex) {
					break;
				}
			}
		}
		throw new IllegalArgumentException("'" + text + "' is not a duration such as 500us, 200ms, 2s, 5m or 24h");
	}

	/** A duration in the largest unit that needs no fraction. */
	static String text(Duration duration) {
		long nanos = duration.toNanos();
		for (int i = UNITS.length - 1; i > 0; i--) {
			if (nanos != 0 && nanos % UNIT_NANOS[i] == 0) {
				return nanos / UNIT_NANOS[i] + UNITS[i];
			}
		}
		return (nanos == 0) ? "0s" : nanos + "ns";
	}

	/** A virtual time for people, such as {@code 12.345678901s}. */
	static String seconds(long nanos) {
		return String.format(Locale.ROOT, "%d.%09ds", nanos / 1_000_000_000L, nanos % 1_000_000_000L);
	}

}
