package io.gossip.protocol.engine;

import io.gossip.Address;

/**
 * What a joiner has asked.
 *
 * @param from where the answer goes
 * @param joiner its identity
 * @param instance its start
 * @param sequence the sequence that the answer names
 * @param isReferred whether a busy member has named this node to it
 * @param members how many members the joiner knows, itself included
 * @param viewHash the hash of what the joiner knows, 0 if it did not say
 */
record JoinQuestion(Address from, long joiner, int instance, int sequence, boolean isReferred, int members,
		long viewHash) {
}
