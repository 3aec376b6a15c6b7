package io.gossip.protocol.engine;

import io.gossip.protocol.wire.SnapshotShare;

/** A snapshot on its way to a joiner. */
final class SnapshotTransfer {

	final JoinQuestion question;

	/** What the joiner is told. */
	final SnapshotShare share;

	/** What it will take, as far as can be told. */
	final long bytes;

	/** The next slot to tell of. */
	int cursor;

	/** Whether it was told what is held of itself, which comes first. */
	boolean joinerTold;

	int records;

	long sentBytes;

	SnapshotTransfer(JoinQuestion question, SnapshotShare share, long bytes) {
		this.question = question;
		this.share = share;
		this.bytes = bytes;
	}

}
