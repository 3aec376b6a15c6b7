package io.gossip.protocol.wire;

/**
 * The fields at the start of every packet, 27 to 39 bytes. One instance is reused for all
 * packets of an engine.
 */
public final class PacketHeader {

	/** Says that the sender's view hash follows. */
	static final int FLAG_VIEW_HASH = 1;

	/** Says that this packet corrects its receiver, and must not be corrected itself. */
	static final int FLAG_CORRECTION = 2;

	/** Says that what this packet tells of others is repair, not news. */
	static final int FLAG_HEARSAY = 4;

	/**
	 * Where the flags are in a packet; those that this version does not know are ignored.
	 */
	static final int FLAGS_OFFSET = 1;

	/** Where the destination is in a packet. */
	static final int DESTINATION_OFFSET = 6;

	int flags;

	int clusterId;

	long destination;

	long sender;

	int instance;

	int incarnation;

	long viewHash;

	void read(WireReader reader) {
		this.flags = reader.readByte();
		this.clusterId = reader.readInt();
		this.destination = reader.readLong();
		this.sender = reader.readLong();
		this.instance = reader.readInt();
		this.incarnation = reader.readVarint(WireLimits.VERSION_MAX);
		this.viewHash = hasViewHash() ? reader.readLong() : 0;
	}

	/** Whether the sender's view hash is known. */
	public boolean hasViewHash() {
		return (this.flags & FLAG_VIEW_HASH) != 0;
	}

	/** Whether this packet corrects its receiver. */
	public boolean isCorrection() {
		return (this.flags & FLAG_CORRECTION) != 0;
	}

	/** Whether what the packet tells of others is repair, not news. */
	public boolean isHearsay() {
		return (this.flags & FLAG_HEARSAY) != 0;
	}

	/** The four bytes that stand for the cluster's name. */
	public int clusterId() {
		return this.clusterId;
	}

	/**
	 * The identity of the receiver that is meant, zero if the sender does not know it.
	 */
	public long destination() {
		return this.destination;
	}

	/** The identity of the sender, never zero. */
	public long sender() {
		return this.sender;
	}

	/** The sender's instance. */
	public int instance() {
		return this.instance;
	}

	/** The sender's incarnation. */
	public int incarnation() {
		return this.incarnation;
	}

	/** The sender's view hash. */
	public long viewHash() {
		return this.viewHash;
	}

}
