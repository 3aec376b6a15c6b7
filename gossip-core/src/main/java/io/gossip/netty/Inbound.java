package io.gossip.netty;

import io.gossip.Address;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.UnreachableReason;

/**
 * What the endpoints report, on the event loop. Buffers are borrowed until the return.
 */
interface Inbound {

	/** A datagram arrived. */
	void onDatagram(Address from, byte[] buffer, int offset, int length);

	/** A frame arrived. */
	void onFrame(Address from, byte[] buffer, int offset, int length);

	/** Frames to an address could not be delivered. */
	void onUnreachable(Address to, UnreachableReason why);

	/** The queue towards the network has filled, or has room again. */
	void onWritable(boolean writable);

	/** The driver itself has dropped something. */
	void onDropped(DropReason reason);

}
