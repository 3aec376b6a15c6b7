package io.gossip.protocol.rumor;

import java.util.Arrays;

/**
 * Which broadcast messages were heard: for each start of each origin a window over its
 * last sequence numbers. A number below the window counts as heard. A window is forgotten
 * only when it was not used for so long that whatever could still arrive is too old to be
 * accepted; until then nothing is taken twice, not even across a restart of the origin,
 * whose new start has a window of its own.
 */
public final class HeardMessages {

	/** How many sequence numbers of one start are told apart. */
	public static final int WINDOW = 256;

	private static final int WORDS = WINDOW / Long.SIZE;

	private static final int PLACES_MIN = 16;

	private final int capacity;

	private final long retentionNanos;

	private long[] origins = new long[PLACES_MIN];

	private int[] instances = new int[PLACES_MIN];

	private int[] highest = new int[PLACES_MIN];

	private long[] usedNanos = new long[PLACES_MIN];

	/** By place and (sequence modulo the window). */
	private long[] heard = new long[PLACES_MIN * WORDS];

	/** Places plus one, by hash; half of it stays empty. */
	private int[] index = new int[PLACES_MIN * 2];

	private int size;

	private long fullUntilNanos;

	private boolean full;

	/**
	 * A memory of nothing.
	 * @param capacity how many starts of origins are remembered
	 * @param retentionNanos how long a window is kept that is not used
	 */
	public HeardMessages(int capacity, long retentionNanos) {
		this.capacity = capacity;
		this.retentionNanos = retentionNanos;
	}

	/** What is known of a message. */
	public enum Verdict {

		/** It is new, and heard from now on. */
		NEW,

		/** It was heard, or is too far behind to know. */
		DUPLICATE,

		/** Too many origins are remembered to know. */
		FULL

	}

	/**
	 * Takes note of a message.
	 * @param nowNanos the time
	 * @param origin the member that sent it first
	 * @param instance the start of that member
	 * @param sequence its number within that start, 0 or more
	 * @return whether it is new
	 */
	public Verdict hear(long nowNanos, long origin, int instance, int sequence) {
		int place = find(origin, instance);
		if (place < 0) {
			if (!makeRoom(nowNanos)) {
				return Verdict.FULL;
			}
			place = add(origin, instance, sequence);
		}
		this.usedNanos[place] = nowNanos;
		int ahead = sequence - this.highest[place];
		if (ahead <= -WINDOW) {
			return Verdict.DUPLICATE;
		}
		if (ahead > 0) {
			advance(place, sequence, ahead);
		}
		int word = place * WORDS + (sequence & (WINDOW - 1)) / Long.SIZE;
		long bit = 1L << sequence;
		if ((this.heard[word] & bit) != 0) {
			return Verdict.DUPLICATE;
		}
		this.heard[word] |= bit;
		return Verdict.NEW;
	}

	private void advance(int place, int sequence, int ahead) {
		if (ahead >= WINDOW) {
			Arrays.fill(this.heard, place * WORDS, (place + 1) * WORDS, 0);
		}
		else {
			for (int passed = this.highest[place] + 1; passed <= sequence; passed++) {
				this.heard[place * WORDS + (passed & (WINDOW - 1)) / Long.SIZE] &= ~(1L << passed);
			}
		}
		this.highest[place] = sequence;
	}

	/** How many starts of origins are remembered. */
	public int size() {
		return this.size;
	}

	private int find(long origin, int instance) {
		int mask = this.index.length - 1;
		for (int at = hash(origin, instance) & mask; this.index[at] != 0; at = (at + 1) & mask) {
			int place = this.index[at] - 1;
			if (this.origins[place] == origin && this.instances[place] == instance) {
				return place;
			}
		}
		return -1;
	}

	private boolean makeRoom(long nowNanos) {
		if (this.size < this.capacity) {
			return true;
		}
		// In vain it is tried once, until the next window can be forgotten.
		if (this.full && nowNanos - this.fullUntilNanos < 0) {
			return false;
		}
		forget(nowNanos);
		this.full = this.size >= this.capacity;
		return !this.full;
	}

	private void forget(long nowNanos) {
		int kept = 0;
		long oldest = nowNanos;
		for (int place = 0; place < this.size; place++) {
			if (nowNanos - this.usedNanos[place] >= this.retentionNanos) {
				continue;
			}
			if (this.usedNanos[place] - oldest < 0) {
				oldest = this.usedNanos[place];
			}
			this.origins[kept] = this.origins[place];
			this.instances[kept] = this.instances[place];
			this.highest[kept] = this.highest[place];
			this.usedNanos[kept] = this.usedNanos[place];
			System.arraycopy(this.heard, place * WORDS, this.heard, kept * WORDS, WORDS);
			kept++;
		}
		this.size = kept;
		this.fullUntilNanos = oldest + this.retentionNanos;
		reindex();
	}

	private int add(long origin, int instance, int sequence) {
		if (this.size == this.origins.length) {
			int places = this.size * 2;
			this.origins = Arrays.copyOf(this.origins, places);
			this.instances = Arrays.copyOf(this.instances, places);
			this.highest = Arrays.copyOf(this.highest, places);
			this.usedNanos = Arrays.copyOf(this.usedNanos, places);
			this.heard = Arrays.copyOf(this.heard, places * WORDS);
			this.index = new int[places * 2];
			reindex();
		}
		int place = this.size++;
		this.origins[place] = origin;
		this.instances[place] = instance;
		this.highest[place] = sequence;
		Arrays.fill(this.heard, place * WORDS, (place + 1) * WORDS, 0);
		insert(place);
		return place;
	}

	private void reindex() {
		Arrays.fill(this.index, 0);
		for (int place = 0; place < this.size; place++) {
			insert(place);
		}
	}

	private void insert(int place) {
		int mask = this.index.length - 1;
		int at = hash(this.origins[place], this.instances[place]) & mask;
		while (this.index[at] != 0) {
			at = (at + 1) & mask;
		}
		this.index[at] = place + 1;
	}

	private static int hash(long origin, int instance) {
		long mixed = (origin ^ instance * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
		return (int) (mixed ^ (mixed >>> 32));
	}

}
