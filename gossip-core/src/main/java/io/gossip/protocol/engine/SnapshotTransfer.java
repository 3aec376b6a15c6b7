package io.gossip.protocol.engine;

/** A snapshot on its way to a joiner. */
final class SnapshotTransfer {

	final JoinQuestion question;

	/** What it will take, as far as can be told. */
	final long bytes;

	/** The next slot to tell of. */
	int cursor;

	/** Whether it was told what is held of itself, which comes first. */
	boolean joinerTold;

	int records;

	long sentBytes;

	SnapshotTransfer(JoinQuestion question, long bytes) {
		this.question = question;
		this.bytes = bytes;
	}

}
