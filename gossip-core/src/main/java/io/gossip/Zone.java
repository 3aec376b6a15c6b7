package io.gossip;

/**
 * A failure domain: nodes of one zone tend to fail together and to reach each other fast,
 * such as an availability zone or a data centre.
 *
 * @param name the name, empty for "none given"; at most 64 bytes of UTF-8
 */
public record Zone(String name) {

	/** The zone of a node that was given none. */
	public static final Zone NONE = new Zone("");

	/** The name itself. */
	@Override
	public String toString() {
		return this.name;
	}

}
