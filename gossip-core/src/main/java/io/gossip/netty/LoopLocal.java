package io.gossip.netty;

import io.gossip.protocol.membership.MemberInterner;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * What the nodes of one event loop share, because only one of them runs at a time:
 * scratch buffers, known addresses, and the interner that keeps equal members once.
 */
final class LoopLocal {

	private static final int MEMBERS_MAX = 1 << 14;

	private static final FastThreadLocal<LoopLocal> CURRENT = new FastThreadLocal<>() {

		@Override
		protected LoopLocal initialValue() {
			return new LoopLocal();
		}

	};

	private final SocketAddresses addresses = new SocketAddresses();

	private final MemberInterner interner = new MemberInterner(MEMBERS_MAX);

	private byte[] encodeScratch = {};

	private byte[] receiveScratch = {};

	private LoopLocal() {
	}

	/** That of the current thread, which must be an event loop. */
	static LoopLocal current() {
		return CURRENT.get();
	}

	SocketAddresses addresses() {
		return this.addresses;
	}

	MemberInterner interner() {
		return this.interner;
	}

	/** A buffer for an engine to encode into. */
	byte[] encodeScratch(int bytes) {
		if (this.encodeScratch.length < bytes) {
			this.encodeScratch = new byte[bytes];
		}
		return this.encodeScratch;
	}

	/** A buffer for what arrives; valid until the next input. */
	byte[] receiveScratch(int bytes) {
		if (this.receiveScratch.length < bytes) {
			this.receiveScratch = new byte[bytes];
		}
		return this.receiveScratch;
	}

}
