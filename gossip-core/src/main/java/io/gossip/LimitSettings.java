package io.gossip;

/**
 * What is bounded, and by how much.
 *
 * @param membersMax the most members and tombstones in the table
 * @param rumorsMax the most pieces of news waiting to be sent
 * @param tombstonesMax the most dead and departed members remembered
 * @param metadataBytesMax the largest encoded metadata of this node; from others it takes
 * what the protocol allows, 6,144 bytes
 * @param suspicionsMax the most suspicions that run at once
 * @param correctionsPerSecond the most stale speakers told so in a second
 * @param eventQueueMax the most events that wait for listeners uncoalesced
 * @param broadcastsPerSecond the most messages that this node broadcasts in a second
 * @param messagesMax the most broadcast messages waiting to be passed on
 * @param messageQueueMax the most messages that wait for listeners
 */
public record LimitSettings(int membersMax, int rumorsMax, int tombstonesMax, int metadataBytesMax, int suspicionsMax,
		int correctionsPerSecond, int eventQueueMax, int broadcastsPerSecond, int messagesMax, int messageQueueMax) {

	public static final LimitSettings DEFAULTS = new LimitSettings(20_000, 4_096, 10_000, 4_096, 4_096, 100, 10_000, 20,
			256, 1_000);

	public LimitSettings withMembersMax(int membersMax) {
		return new LimitSettings(membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
				this.suspicionsMax, this.correctionsPerSecond, this.eventQueueMax, this.broadcastsPerSecond,
				this.messagesMax, this.messageQueueMax);
	}

	public LimitSettings withRumorsMax(int rumorsMax) {
		return new LimitSettings(this.membersMax, rumorsMax, this.tombstonesMax, this.metadataBytesMax,
				this.suspicionsMax, this.correctionsPerSecond, this.eventQueueMax, this.broadcastsPerSecond,
				this.messagesMax, this.messageQueueMax);
	}

	public LimitSettings withTombstonesMax(int tombstonesMax) {
		return new LimitSettings(this.membersMax, this.rumorsMax, tombstonesMax, this.metadataBytesMax,
				this.suspicionsMax, this.correctionsPerSecond, this.eventQueueMax, this.broadcastsPerSecond,
				this.messagesMax, this.messageQueueMax);
	}

	public LimitSettings withMetadataBytesMax(int metadataBytesMax) {
		return new LimitSettings(this.membersMax, this.rumorsMax, this.tombstonesMax, metadataBytesMax,
				this.suspicionsMax, this.correctionsPerSecond, this.eventQueueMax, this.broadcastsPerSecond,
				this.messagesMax, this.messageQueueMax);
	}

	public LimitSettings withSuspicionsMax(int suspicionsMax) {
		return new LimitSettings(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
				suspicionsMax, this.correctionsPerSecond, this.eventQueueMax, this.broadcastsPerSecond,
				this.messagesMax, this.messageQueueMax);
	}

	public LimitSettings withCorrectionsPerSecond(int correctionsPerSecond) {
		return new LimitSettings(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
				this.suspicionsMax, correctionsPerSecond, this.eventQueueMax, this.broadcastsPerSecond,
				this.messagesMax, this.messageQueueMax);
	}

	public LimitSettings withEventQueueMax(int eventQueueMax) {
		return new LimitSettings(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
				this.suspicionsMax, this.correctionsPerSecond, eventQueueMax, this.broadcastsPerSecond,
				this.messagesMax, this.messageQueueMax);
	}

	public LimitSettings withBroadcastsPerSecond(int broadcastsPerSecond) {
		return new LimitSettings(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
				this.suspicionsMax, this.correctionsPerSecond, this.eventQueueMax, broadcastsPerSecond,
				this.messagesMax, this.messageQueueMax);
	}

	public LimitSettings withMessagesMax(int messagesMax) {
		return new LimitSettings(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
				this.suspicionsMax, this.correctionsPerSecond, this.eventQueueMax, this.broadcastsPerSecond,
				messagesMax, this.messageQueueMax);
	}

	public LimitSettings withMessageQueueMax(int messageQueueMax) {
		return new LimitSettings(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
				this.suspicionsMax, this.correctionsPerSecond, this.eventQueueMax, this.broadcastsPerSecond,
				this.messagesMax, messageQueueMax);
	}

}
