package io.gossip.protocol.membership;

/**
 * The memory of the dead who are not in the table, as they were forgotten for want of
 * room or never known: a fingerprint each, so that whoever still holds one alive does not
 * bring it back, to be found dead again for ever. Each fingerprint has one place, which
 * another may take from it.
 */
public final class ForgottenDead {

	private static final int PLACES_FIRST = 256;

	private static final int CAPACITY_MIN = 2048;

	private static final int CAPACITY_MAX = 32_768;

	private final int placesMax;

	/** Grows with what is in it, which for most nodes is nothing; zero where free. */
	private long[] fingerprints = new long[0];

	private int size;

	/**
	 * A memory of nobody.
	 * @param capacity how many to remember, roughly
	 */
	public ForgottenDead(int capacity) {
		this.placesMax = 2 * Integer.highestOneBit(Math.min(Math.max(capacity, CAPACITY_MIN), CAPACITY_MAX));
	}

	/** Takes note that a start of a member is dead that is not in the table. */
	public void add(long id, int instance, int incarnation) {
		if (2 * this.size >= this.fingerprints.length && this.fingerprints.length < this.placesMax) {
			grow();
		}
		put(fingerprint(id, instance, incarnation));
	}

	/** Whether a start of a member is known to be dead at this incarnation. */
	public boolean contains(long id, int instance, int incarnation) {
		if (this.size == 0) {
			return false;
		}
		long fingerprint = fingerprint(id, instance, incarnation);
		return this.fingerprints[place(fingerprint)] == fingerprint;
	}

	private void grow() {
		long[] before = this.fingerprints;
		this.fingerprints = new long[Math.max(PLACES_FIRST, 2 * before.length)];
		this.size = 0;
		for (long fingerprint : before) {
			if (fingerprint != 0) {
				put(fingerprint);
			}
		}
	}

	private void put(long fingerprint) {
		int place = place(fingerprint);
		this.size += (this.fingerprints[place] == 0) ? 1 : 0;
		this.fingerprints[place] = fingerprint;
	}

	private int place(long fingerprint) {
		return (int) (fingerprint >>> 8) & (this.fingerprints.length - 1);
	}

	/** Never zero, which stands for nobody. */
	private static long fingerprint(long id, int instance, int incarnation) {
		return ViewHash.mix(ViewHash.mix(id) ^ ((long) instance << 32 | incarnation)) | 1;
	}

}
