package io.gossip.protocol.wire;

/**
 * A part of a table, by identities: so many shares of about the same size make the whole.
 * As members agree on who belongs to which share, each of them can tell a joiner one.
 *
 * @param index which share, from 0
 * @param count how many shares there are, 0 if whoever is asked is to choose
 */
public record SnapshotShare(int index, int count) {

	/** The most shares of a table. */
	public static final int COUNT_MAX = 64;

	/** As much as whoever is asked thinks fit: all, or the first of several shares. */
	public static final SnapshotShare ANY = new SnapshotShare(0, 0);

	/** All members. */
	public static final SnapshotShare WHOLE = new SnapshotShare(0, 1);

	/** Whether a member belongs to this share. */
	public boolean includes(long id) {
		return this.count <= 1 || (((id >>> 32) * this.count) >>> 32) == this.index;
	}

	/** Whether there are others. */
	public boolean isPart() {
		return this.count > 1;
	}

	static SnapshotShare read(WireReader reader) {
		return new SnapshotShare(reader.readByte(), reader.readByte());
	}

	/** Reads a share as {@link #read} does, and fails if there is no such share. */
	static void validate(WireReader reader) {
		int index = reader.readByte();
		int count = reader.readByte();
		if (count > COUNT_MAX || index >= Math.max(count, 1)) {
			reader.fail();
		}
	}

	void write(WireWriter writer) {
		writer.writeByte(this.index);
		writer.writeByte(this.count);
	}

}
