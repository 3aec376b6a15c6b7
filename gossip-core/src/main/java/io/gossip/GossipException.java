package io.gossip;

import org.jspecify.annotations.Nullable;

/** The failure of something that the caller asked of a cluster. */
public class GossipException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * A failure.
	 * @param message what failed, with the thing, the value, the rule and what to do
	 */
	public GossipException(String message) {
		super(message);
	}

	/**
	 * A failure with a cause.
	 * @param message what failed, with the thing, the value, the rule and what to do
	 * @param cause the cause
	 */
	public GossipException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/** A setting has a value that its rule forbids. */
	public static final class InvalidSetting extends GossipException {

		private static final long serialVersionUID = 1L;

		private final String setting;

		private final String value;

		private final String rule;

		/**
		 * An invalid setting.
		 * @param setting the name, such as {@code failure-detection.probe-interval}
		 * @param value the value as it was given
		 * @param rule what holds for the value, such as "must be 10ms or more"
		 */
		public InvalidSetting(String setting, Object value, String rule) {
			super("Setting '" + setting + "' is " + value + ": it " + rule);
			this.setting = setting;
			this.value = String.valueOf(value);
			this.rule = rule;
		}

		/** The name, such as {@code failure-detection.probe-interval}. */
		public String setting() {
			return this.setting;
		}

		/** The value as it was given. */
		public String value() {
			return this.value;
		}

		/** What holds for the value. */
		public String rule() {
			return this.rule;
		}

	}

	/** The port to listen on cannot be bound. */
	public static final class PortInUse extends GossipException {

		private static final long serialVersionUID = 1L;

		private final int port;

		/**
		 * A port that cannot be bound.
		 * @param port the port
		 * @param message what was tried, and what to do
		 * @param cause the cause
		 */
		public PortInUse(int port, String message, @Nullable Throwable cause) {
			super(message, cause);
			this.port = port;
		}

		/** The port; the first of the range if a range was tried. */
		public int port() {
			return this.port;
		}

	}

	/** Something is not done because a limit is reached. */
	public static final class LimitReached extends GossipException {

		private static final long serialVersionUID = 1L;

		private final String limit;

		/**
		 * A limit that is reached.
		 * @param limit its name, such as {@code limits.messages-max}
		 * @param message what was tried, and what to do
		 */
		public LimitReached(String limit, String message) {
			super(message);
			this.limit = limit;
		}

		/** The name, such as {@code limits.messages-max}. */
		public String limit() {
			return this.limit;
		}

	}

	/** Another live process has the identity of this node. */
	public static final class NameConflict extends GossipException {

		private static final long serialVersionUID = 1L;

		/**
		 * A conflict.
		 * @param message both nodes, and what to do
		 */
		public NameConflict(String message) {
			super(message);
		}

	}

}
