package io.gossip.protocol.wire;

/** The limits of the wire format, which both ends enforce. */
public final class WireLimits {

	/** The version of the protocol that this code speaks. */
	public static final int PROTOCOL_VERSION = 1;

	/** The oldest version that this code understands. */
	public static final int PROTOCOL_VERSION_MIN = 1;

	/** The longest name of a node, in bytes of UTF-8. */
	public static final int NAME_BYTES_MAX = 128;

	/** The longest name of a zone, in bytes of UTF-8. */
	public static final int ZONE_BYTES_MAX = 64;

	/** The largest encoded metadata of a member, whatever the settings say. */
	public static final int METADATA_BYTES_MAX = 6144;

	/** The most metadata entries of a member. */
	public static final int METADATA_ENTRIES_MAX = 256;

	/** The longest key of a metadata entry, in bytes of UTF-8. */
	public static final int METADATA_KEY_BYTES_MAX = 255;

	/** The highest incarnation or content version; room is left to refute it. */
	public static final int VERSION_MAX = Integer.MAX_VALUE - 1024;

	/** The longest age of news, in milliseconds: 24 days. */
	public static final int AGE_MILLIS_MAX = 24 * 24 * 3600 * 1000;

	/** The longest topic of a message of the application, in bytes of UTF-8. */
	public static final int TOPIC_BYTES_MAX = 64;

	/**
	 * The most bytes of topic and payload of a broadcast: with its header it fits the
	 * smallest datagram budget.
	 */
	public static final int BROADCAST_BYTES_MAX = 448;

	/** What a frame has beside the topic and the payload of a direct message, at most. */
	public static final int DIRECT_OVERHEAD_BYTES = 64;

	/** The most messages in a packet. */
	public static final int MESSAGES_MAX = 4096;

	private WireLimits() {
	}

}
