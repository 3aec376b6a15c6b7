package io.gossip.simulator;

import java.util.random.RandomGenerator;

/**
 * A small random generator (SplitMix64, one word of state), so that thousands of engines
 * can have one each. It spells out the bounded draws, because the defaults of the
 * interface differ between versions of the JDK and a seed must mean the same on all.
 */
final class SeededRandom implements RandomGenerator {

	private static final long GAMMA = 0x9E3779B97F4A7C15L;

	private static final double UNIT = 0x1.0p-53;

	private long state;

	SeededRandom(long seed) {
		this.state = seed;
	}

	/**
	 * The seed of an independent stream.
	 * @param seed the seed of the whole
	 * @param stream which stream
	 * @return the seed of that stream
	 */
	static long derive(long seed, long stream) {
		return mix(mix(seed + GAMMA) ^ mix(stream * GAMMA + 1));
	}

	static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
		return mixed ^ (mixed >>> 31);
	}

	@Override
	public long nextLong() {
		this.state += GAMMA;
		return mix(this.state);
	}

	@Override
	public int nextInt() {
		return (int) (nextLong() >>> 32);
	}

	@Override
	public boolean nextBoolean() {
		return nextLong() < 0;
	}

	@Override
	public double nextDouble() {
		return (nextLong() >>> 11) * UNIT;
	}

	@Override
	public double nextDouble(double bound) {
		return nextDouble() * bound;
	}

	@Override
	public double nextDouble(double origin, double bound) {
		return origin + nextDouble() * (bound - origin);
	}

	@Override
	public float nextFloat() {
		return (nextLong() >>> 40) * 0x1.0p-24f;
	}

	@Override
	public int nextInt(int bound) {
		return (int) nextLong(bound);
	}

	@Override
	public int nextInt(int origin, int bound) {
		return (int) nextLong(origin, bound);
	}

	@Override
	public long nextLong(long bound) {
		if (bound <= 0) {
			throw new IllegalArgumentException("bound " + bound + " must be positive");
		}
		if (bound <= Integer.MAX_VALUE) {
			return ((nextLong() >>> 32) * bound) >>> 32;
		}
		long bits = nextLong() >>> 1;
		long value = bits % bound;
		while (bits - value + (bound - 1) < 0) {
			bits = nextLong() >>> 1;
			value = bits % bound;
		}
		return value;
	}

	@Override
	public long nextLong(long origin, long bound) {
		if (origin >= bound) {
			throw new IllegalArgumentException("origin " + origin + " must be less than bound " + bound);
		}
		long range = bound - origin;
		if (range > 0) {
			return origin + nextLong(range);
		}
		long value = nextLong();
		while (value < origin || value >= bound) {
			value = nextLong();
		}
		return value;
	}

	/** A draw from the exponential distribution with mean one. */
	@Override
	public double nextExponential() {
		return -StrictMath.log(1.0 - nextDouble());
	}

	/** Whether something of this probability happens; draws nothing where it cannot. */
	boolean chance(double probability) {
		return probability > 0 && nextDouble() < probability;
	}

}
