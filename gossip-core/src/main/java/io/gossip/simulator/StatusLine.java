package io.gossip.simulator;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line on a terminal that is written over again and again, for a person who waits.
 * May be used by several threads.
 */
final class StatusLine {

	private static final long FIRST_NANOS = 2_000_000_000L;

	private static final long INTERVAL_NANOS = 1_000_000_000L;

	private static final int COLUMNS = 100;

	private final PrintStream out;

	private final boolean visible;

	private final LongSupplier clockNanos;

	private final long startNanos;

	private long nextNanos;

	private boolean dirty;

	/**
	 * A line, not written yet.
	 * @param out the terminal
	 * @param visible whether it is one; otherwise nothing is ever written
	 * @param clockNanos the time in the real world
	 */
	StatusLine(PrintStream out, boolean visible, LongSupplier clockNanos) {
		this.out = out;
		this.visible = visible;
		this.clockNanos = clockNanos;
		this.startNanos = clockNanos.getAsLong();
		this.nextNanos = this.startNanos + FIRST_NANOS;
	}

	/** How long it has been waiting. */
	long waitedNanos() {
		return this.clockNanos.getAsLong() - this.startNanos;
	}

	/** Shows something, unless that is too soon. */
	synchronized void show(Supplier<String> status) {
		if (!this.visible || this.clockNanos.getAsLong() - this.nextNanos < 0) {
			return;
		}
		write(status.get());
		this.dirty = true;
		this.nextNanos = this.clockNanos.getAsLong() + INTERVAL_NANOS;
	}

	/** Makes room for what is printed next. */
	synchronized void clear() {
		if (this.dirty) {
			write("");
			this.out.print('\r');
			this.out.flush();
			this.dirty = false;
		}
	}

	private void write(String text) {
		this.out.print('\r' + text + " ".repeat(Math.max(0, COLUMNS - text.length())));
		this.out.flush();
	}

}
