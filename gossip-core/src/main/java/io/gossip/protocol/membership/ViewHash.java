package io.gossip.protocol.membership;

/**
 * The hashes over records. A set is hashed by the exclusive or of its parts, so that the
 * order does not matter and a change costs one step.
 */
public final class ViewHash {

	private ViewHash() {
	}

	/**
	 * The part of one member in the view hash.
	 * @param id its identity
	 * @param instance the instance that issued the content
	 * @param contentVersion the version of the content
	 * @return 64 well mixed bits
	 */
	public static long part(long id, int instance, int contentVersion) {
		return mix(mix(id) ^ (((long) instance << 32) | (contentVersion & 0xFFFFFFFFL)));
	}

	/**
	 * The part of one member in the digest tree, which also sees the incarnation.
	 * @param viewPart the part in the view hash
	 * @param incarnation the incarnation
	 * @return 64 well mixed bits
	 */
	public static long digestPart(long viewPart, int incarnation) {
		return mix(viewPart + 0x9E3779B97F4A7C15L * incarnation);
	}

	/** Half as many bits of a hash, for the wire. */
	public static int fold(long hash) {
		return (int) (hash ^ (hash >>> 32));
	}

	/** Mixes 64 bits (the finalizer of SplitMix64, variant 13 of Stafford). */
	public static long mix(long bits) {
		long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

}
