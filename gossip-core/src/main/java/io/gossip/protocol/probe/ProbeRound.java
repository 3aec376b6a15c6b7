package io.gossip.protocol.probe;

/** The probe of one member: from the ping to the answer, or to the accusation. */
final class ProbeRound {

	static final int HELPERS_MAX = 16;

	final int[] helpers = new int[HELPERS_MAX];

	final long[] helperIds = new long[HELPERS_MAX];

	boolean open;

	int slot;

	long targetId;

	int sequence;

	long sentNanos;

	long endNanos;

	/** Whether the ping has taken too long, and helpers were asked. */
	boolean late;

	/** Whether the target was pinged over a stream, too. */
	boolean streamed;

	/** Whether the stream broke, and another one was tried. */
	boolean streamedAgain;

	/** Whether the target's host refused a stream. */
	boolean refused;

	int helperCount;

	/** One bit a helper that has sent a NACK. */
	int nackedHelpers;

	void start(int targetSlot, long target, int newSequence, long nowNanos, long end) {
		this.open = true;
		this.slot = targetSlot;
		this.targetId = target;
		this.sequence = newSequence;
		this.sentNanos = nowNanos;
		this.endNanos = end;
		this.late = false;
		this.streamed = false;
		this.streamedAgain = false;
		this.refused = false;
		this.helperCount = 0;
		this.nackedHelpers = 0;
	}

	boolean matches(int answeredSequence, long target) {
		return this.open && this.sequence == answeredSequence && this.targetId == target;
	}

	int helperIndex(long id) {
		for (int i = 0; i < this.helperCount; i++) {
			if (this.helperIds[i] == id) {
				return i;
			}
		}
		return -1;
	}

	int missedNacks() {
		return this.helperCount - Integer.bitCount(this.nackedHelpers);
	}

}
