package io.gossip.protocol.membership;

/**
 * The memory of the dead who are not in the table, as they were forgotten for want of
 * room or never known: a fingerprint each, so that whoever still holds one alive does not
 * bring it back, to be found dead again for ever. Each fingerprint has one place, which
 * another may take from it.
 */
public final class ForgottenDead {

	private static final int CAPACITY_MIN = 2048;

	private static final int CAPACITY_MAX = 32_768;

	private final int places;

	/** Made when it is first needed, which for most nodes is never. */
	private int[] fingerprints = new int[0];

	/**
	 * A memory of nobody.
	 * @param capacity how many to remember, roughly
	 */
	public ForgottenDead(int capacity) {
		this.places = 2 * Integer.highestOneBit(Math.min(Math.max(capacity, CAPACITY_MIN), CAPACITY_MAX));
	}

	/** Takes note that a start of a member is dead that is not in the table. */
	public void add(long id, int instance, int incarnation) {
		if (this.fingerprints.length == 0) {
			this.fingerprints = new int[this.places];
		}
		long hash = hash(id, instance, incarnation);
		this.fingerprints[place(hash)] = fingerprint(hash);
	}

	/** Whether a start of a member is known to be dead at this incarnation. */
	public boolean contains(long id, int instance, int incarnation) {
		if (this.fingerprints.length == 0) {
			return false;
		}
		long hash = hash(id, instance, incarnation);
		return this.fingerprints[place(hash)] == fingerprint(hash);
	}

	private int place(long hash) {
		return (int) hash & (this.places - 1);
	}

	/** Never zero, which stands for nobody. */
	private static int fingerprint(long hash) {
		return (int) (hash >>> 32) | 1;
	}

	private static long hash(long id, int instance, int incarnation) {
		return ViewHash.mix(ViewHash.mix(id) ^ ((long) instance << 32 | incarnation));
	}

}
