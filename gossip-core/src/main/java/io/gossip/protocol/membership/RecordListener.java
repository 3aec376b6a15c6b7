package io.gossip.protocol.membership;

/** The receiver of changes of the table, which keeps a digest of it. */
@FunctionalInterface
public interface RecordListener {

	/** Listens to nothing. */
	RecordListener NONE = (id, before, after) -> {
	};

	/**
	 * A record has changed.
	 * @param id the member
	 * @param before its part in the digest before, zero if it was not in
	 * @param after its part in the digest now, zero if it is not in
	 */
	void onRecordChanged(long id, long before, long after);

}
