package io.gossip.simulator;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * A cut in the network, until it is healed. Nodes with different sides do not reach each
 * other; side 0 stands aside and reaches everybody. A one-way cut only stops what goes
 * from a lower side to a higher one.
 */
public final class Partition {

	private final ToIntFunction<SimulatedNode> sideOf;

	private final boolean oneWay;

	private byte[] sides = new byte[0];

	private boolean healed;

	Partition(ToIntFunction<SimulatedNode> sideOf, boolean oneWay) {
		this.sideOf = sideOf;
		this.oneWay = oneWay;
	}

	/** Ends the cut. */
	public void heal() {
		this.healed = true;
	}

	/** Whether the cut has ended. */
	public boolean isHealed() {
		return this.healed;
	}

	/** Decides the side of a node, once. */
	void place(SimulatedNode node) {
		int side = this.sideOf.applyAsInt(node);
		if (side < 0 || side > Byte.MAX_VALUE) {
			throw new IllegalArgumentException("side " + side + " of " + node.name() + " is not within 0 to 127");
		}
		if (node.index() >= this.sides.length) {
			this.sides = Arrays.copyOf(this.sides, Math.max(16, 2 * node.index()));
		}
		this.sides[node.index()] = (byte) side;
	}

	boolean blocks(int from, int to) {
		int sideFrom = this.sides[from];
		int sideTo = this.sides[to];
		if (sideFrom == 0 || sideTo == 0 || sideFrom == sideTo) {
			return false;
		}
		return !this.oneWay || sideFrom < sideTo;
	}

}
