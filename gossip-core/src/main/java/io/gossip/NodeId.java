package io.gossip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The 64-bit identity of a node. It is derived from the names of the cluster and the
 * node, and therefore stable over restarts; a node without a name has a random one.
 *
 * @param value the identity; any value but zero, which stands for "unknown" on the wire
 */
public record NodeId(long value) implements Comparable<NodeId> {

	public NodeId {
		if (value == 0) {
			throw new IllegalArgumentException("NodeId 0 is reserved for 'unknown'");
		}
	}

	/**
	 * The identity of a named node.
	 * @param cluster the name of the cluster
	 * @param name the name of the node within it
	 * @return the first 64 bits of SHA-256 over both names
	 */
	public static NodeId ofName(String cluster, String name) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(cluster.getBytes(StandardCharsets.UTF_8));
			digest.update((byte) 0);
			byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
			long value = 0;
			for (int i = 0; i < Long.BYTES; i++) {
				value = (value << 8) | (hash[i] & 0xFF);
			}
			return new NodeId((value != 0) ? value : 1);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform must provide SHA-256", ex);
		}
	}

	/**
	 * A random identity.
	 * @param random the source of randomness
	 * @return an identity that is not zero
	 */
	public static NodeId random(RandomGenerator random) {
		long value = random.nextLong();
		return new NodeId((value != 0) ? value : 1);
	}

	/** Orders identities as unsigned numbers. */
	@Override
	public int compareTo(NodeId other) {
		return Long.compareUnsigned(this.value, other.value);
	}

	/** The identity as sixteen hexadecimal digits. */
	@Override
	public String toString() {
		return HexFormat.of().toHexDigits(this.value);
	}

}
