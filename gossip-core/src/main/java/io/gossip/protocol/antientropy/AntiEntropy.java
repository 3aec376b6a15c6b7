package io.gossip.protocol.antientropy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

import io.gossip.AntiEntropyMode;
import io.gossip.MemberState;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.Precedence;
import io.gossip.protocol.wire.WireReader;

/**
 * The comparison of two tables: down the digest tree to the leaves that differ, then hash
 * by hash, then the versions of what differs, then only the records that one of the two
 * lacks. Who begins it decides what is given and taken; no state is kept between two
 * packets, so that a lost one costs a repetition and nothing else.
 */
public final class AntiEntropy {

	/**
	 * How many children of one digest are followed at once; the next round takes more.
	 */
	private static final int BRANCHES_MAX = 8;

	/** How many records one packet may ask for by their hashes. */
	private static final int WANTED_MAX = 1024;

	/** The most bytes that VERSIONS or LIVENESS of a member, or a question, take. */
	private static final int VERSIONS_BYTES = 33;

	private static final int LIVENESS_BYTES = 33;

	private static final int REQUEST_BYTES = 6;

	private final MembershipTable table;

	private final DigestTree tree;

	private final SyncActions actions;

	private final AntiEntropyMode mode;

	private final RandomGenerator random;

	private int nextBranch;

	/** The hashes that the peer has in the leaves under way, sorted. */
	private int[] hashes = new int[64];

	/** One bit for each of them: whether it is one of ours. */
	private final BitSet held = new BitSet();

	/** The own members that are not among them. */
	private final Slots unlisted = new Slots();

	/** Who is among them and is gone here. */
	private final Slots gone = new Slots();

	/** One bit a slot: whether the packet under way has told its versions. */
	private final BitSet told = new BitSet();

	/** The hashes of the records that the packet under way asks for. */
	private int[] wanted = new int[16];

	private int wantedCount;

	/**
	 * A comparison.
	 * @param table the own records
	 * @param tree the own digest
	 * @param mode whether comparisons that begin here give, take or both
	 * @param random chooses what is told first where not all can be
	 * @param actions what to do about differences
	 */
	public AntiEntropy(MembershipTable table, DigestTree tree, AntiEntropyMode mode, RandomGenerator random,
			SyncActions actions) {
		this.table = table;
		this.tree = tree;
		this.mode = mode;
		this.random = random;
		this.actions = actions;
	}

	/** Starts a comparison with a peer. */
	public void begin() {
		this.actions.sendDigest(0, 0);
	}

	/** Takes the sixteen hashes of a peer, and goes down where they differ. */
	public void onDigest(int level, int prefix, WireReader hashes) {
		int differing = 0;
		for (int child = 0; child < DigestTree.WIDTH; child++) {
			if (hashes.readInt() != this.tree.hash(level, prefix, child)) {
				differing |= 1 << child;
			}
		}
		if (level == 0) {
			descend(differing);
		}
		else if (differing != 0) {
			this.actions.sendLeaves(prefix, differing);
		}
	}

	private void descend(int differing) {
		// Where many differ, each round starts at another child, so that all get their
		// turn.
		int start = (Integer.bitCount(differing) > BRANCHES_MAX) ? this.nextBranch++ % DigestTree.WIDTH : 0;
		int branches = 0;
		for (int i = 0; i < DigestTree.WIDTH && branches < BRANCHES_MAX; i++) {
			int child = (start + i) % DigestTree.WIDTH;
			if ((differing & (1 << child)) != 0) {
				branches++;
				this.actions.sendDigest(1, child);
			}
		}
	}

	/**
	 * Takes the hashes that the peer has in some leaves, and answers with one packet: the
	 * records of what is not among them, or where they do not fit the versions, if the
	 * peer takes what it lacks; then questions for what is held by the peer alone; and
	 * then the state of who is gone here and in there.
	 */
	public void onLeaves(int prefix, int leaves, boolean peerTakes, WireReader reader) {
		int count = reader.remaining() / Integer.BYTES;
		takeHashes(reader, count);
		this.unlisted.clear();
		this.gone.clear();
		for (int slot = 0; slot < this.table.slots(); slot++) {
			if (!this.table.isUsed(slot) || !DigestTree.isAmong(this.table.id(slot), prefix, leaves)) {
				continue;
			}
			int place = Arrays.binarySearch(this.hashes, 0, count, this.table.recordHash(slot));
			if (place >= 0) {
				this.held.set(place);
			}
			boolean isIn = this.table.isIn(slot);
			if (isIn && place < 0 && peerTakes) {
				this.unlisted.add(slot);
			}
			else if (!isIn && place >= 0 && this.actions.isTold(slot)) {
				this.gone.add(slot);
			}
		}
		answer(count);
	}

	private void answer(int hashes) {
		int room = this.actions.roomBytes();
		// Who is gone may be in dispute for long, and must not keep the rest from repair.
		int states = Math.min(this.gone.size(), room / 2 / LIVENESS_BYTES);
		room -= states * LIVENESS_BYTES;
		int requests = REQUEST_BYTES * (hashes - this.held.cardinality());
		int records = 0;
		for (int i = 0; i < this.unlisted.size() && records + requests <= room; i++) {
			records += this.actions.recordBytes(this.unlisted.get(i));
		}
		if (records + requests <= room) {
			// Half of them are what the peer lacks, and the way is shorter.
			this.unlisted.some(this.unlisted.size(), this.random, this.actions::sendRecord);
			ask(hashes, room / REQUEST_BYTES);
		}
		else {
			int versions = Math.min(this.unlisted.size(), room / VERSIONS_BYTES);
			this.unlisted.some(versions, this.random, this.actions::sendVersions);
			if (versions == this.unlisted.size()) {
				// Or the peer could not know which of them are of the same members.
				ask(hashes, (room - versions * VERSIONS_BYTES) / REQUEST_BYTES);
			}
		}
		this.gone.some(states, this.random, this.actions::sendLiveness);
	}

	/** Asks for what only the peer holds, from a random one on if not all fits. */
	private void ask(int count, int room) {
		int asked = 0;
		int start = (count > room) ? this.random.nextInt(count) : 0;
		for (int i = 0; i < count && asked < room; i++) {
			int place = (start + i) % count;
			if (!this.held.get(place)) {
				this.actions.requestHash(this.hashes[place]);
				asked++;
			}
		}
	}

	private void takeHashes(WireReader reader, int count) {
		if (count > this.hashes.length) {
			this.hashes = new int[count + count / 2];
		}
		for (int i = 0; i < count; i++) {
			this.hashes[i] = reader.readInt();
		}
		Arrays.sort(this.hashes, 0, count);
		this.held.clear();
	}

	/** Takes the versions of one member as the peer holds it. */
	public void onVersions(long id, MemberState state, int incarnation, int instance, int contentVersion,
			int contentInstance) {
		int slot = this.table.slotOf(id);
		if (slot == MembershipTable.NO_SLOT) {
			if (state.isIn() && this.mode.takes()) {
				this.actions.requestRecord(id);
			}
			return;
		}
		this.told.set(slot);
		int content = Precedence.compareContent(contentVersion, contentInstance,
				this.table.member(slot).contentVersion(), this.table.member(slot).instance());
		int liveness = Precedence.compareLiveness(incarnation, state, instance, this.table.incarnation(slot),
				this.table.state(slot), this.table.instance(slot));
		if (this.mode.takes() && (content > 0 || liveness > 0)) {
			this.actions.requestRecord(id);
		}
		if (content < 0 && this.mode.gives()) {
			this.actions.sendRecord(slot);
		}
		else if (liveness < 0 && this.mode.gives()) {
			this.actions.sendLiveness(slot);
		}
	}

	/**
	 * Takes the hash of a record that the peer lacks.
	 * @return whether there was room for it
	 */
	public boolean onHashRequest(int hash) {
		if (this.wantedCount == WANTED_MAX) {
			return false;
		}
		if (this.wantedCount == this.wanted.length) {
			this.wanted = Arrays.copyOf(this.wanted, 2 * this.wantedCount);
		}
		this.wanted[this.wantedCount++] = hash;
		return true;
	}

	/**
	 * Ends a packet: gives the records that it asks for by their hashes, but for those of
	 * which it has told the versions, which are answered already. If nothing is given, it
	 * asks what the peer knows instead: a member may be gone.
	 */
	public void onPacketEnd() {
		if (this.wantedCount > 0 && this.actions.mayWalk()) {
			Arrays.sort(this.wanted, 0, this.wantedCount);
			for (int slot = 0; slot < this.table.slots(); slot++) {
				if (this.table.isIn(slot) && !this.told.get(slot)
						&& Arrays.binarySearch(this.wanted, 0, this.wantedCount, this.table.recordHash(slot)) >= 0) {
					if (this.mode.gives()) {
						this.actions.sendRecord(slot);
					}
					else {
						this.actions.requestRecord(this.table.id(slot));
					}
				}
			}
		}
		this.wantedCount = 0;
		this.told.clear();
	}

}
