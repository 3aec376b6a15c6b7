package io.gossip;

import java.util.Arrays;

/**
 * A message of the application, as it arrived from another member.
 */
public final class GossipMessage {

	private final Member origin;

	private final String topic;

	private final byte[] payload;

	private final Kind kind;

	/**
	 * A message.
	 * @param origin the member that sent it
	 * @param topic what it is about
	 * @param payload its bytes, which are copied
	 * @param kind how it was sent
	 */
	public GossipMessage(Member origin, String topic, byte[] payload, Kind kind) {
		this.origin = origin;
		this.topic = topic;
		this.payload = payload.clone();
		this.kind = kind;
	}

	/** The member that sent it. */
	public Member origin() {
		return this.origin;
	}

	/** What it is about. */
	public String topic() {
		return this.topic;
	}

	/** A copy of its bytes. */
	public byte[] payload() {
		return this.payload.clone();
	}

	/** How many bytes it carries. */
	public int size() {
		return this.payload.length;
	}

	/** How it was sent. */
	public Kind kind() {
		return this.kind;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof GossipMessage that && this.kind == that.kind && this.topic.equals(that.topic)
				&& this.origin.equals(that.origin) && Arrays.equals(this.payload, that.payload);
	}

	@Override
	public int hashCode() {
		return 31 * this.topic.hashCode() + Arrays.hashCode(this.payload);
	}

	@Override
	public String toString() {
		return this.kind + " '" + this.topic + "' of " + this.payload.length + " bytes from " + this.origin.name();
	}

	/** How a message was sent. */
	public enum Kind {

		/** To all members, best effort. */
		BROADCAST,

		/** To this member alone, over a stream. */
		DIRECT

	}

}
