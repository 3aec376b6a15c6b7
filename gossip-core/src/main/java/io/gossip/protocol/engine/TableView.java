package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.gossip.ClusterView;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.NodeId;
import io.gossip.Zone;
import org.jspecify.annotations.Nullable;

/** A view in chunks, which it shares with the views before and after it. */
final class TableView implements ClusterView {

	static final TableView EMPTY = new TableView(new MemberStatus[0][], new int[MemberState.LEFT.ordinal() + 1],
			List.of(), 0, 0);

	private static final Comparator<MemberStatus> BY_ID = Comparator.comparing((status) -> status.member().id());

	private final @Nullable MemberStatus[][] chunks;

	private final int[] counts;

	private final List<Zone> unreachableZones;

	private final long hash;

	private final long version;

	/** Made when somebody asks; two threads that ask at once make equal ones. */
	private volatile MemberStatus @Nullable [] sorted;

	TableView(@Nullable MemberStatus[][] chunks, int[] counts, List<Zone> unreachableZones, long hash, long version) {
		this.chunks = chunks;
		this.counts = counts;
		this.unreachableZones = unreachableZones;
		this.hash = hash;
		this.version = version;
	}

	int chunks() {
		return this.chunks.length;
	}

	@Nullable MemberStatus[] chunk(int chunk) {
		return this.chunks[chunk];
	}

	@Override
	public List<MemberStatus> members() {
		List<MemberStatus> members = new ArrayList<>(size());
		for (MemberStatus status : sorted()) {
			if (status.state().isIn()) {
				members.add(status);
			}
		}
		return Collections.unmodifiableList(members);
	}

	@Override
	public List<MemberStatus> all() {
		return Collections.unmodifiableList(Arrays.asList(sorted()));
	}

	@Override
	public Optional<MemberStatus> find(NodeId id) {
		MemberStatus[] statuses = sorted();
		int low = 0;
		int high = statuses.length - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			int order = statuses[middle].member().id().compareTo(id);
			if (order == 0) {
				return Optional.of(statuses[middle]);
			}
			if (order < 0) {
				low = middle + 1;
			}
			else {
				high = middle - 1;
			}
		}
		return Optional.empty();
	}

	@Override
	public int count(MemberState state) {
		return this.counts[state.ordinal()];
	}

	@Override
	public long hash() {
		return this.hash;
	}

	@Override
	public long version() {
		return this.version;
	}

	@Override
	public List<Zone> unreachableZones() {
		return this.unreachableZones;
	}

	private MemberStatus[] sorted() {
		MemberStatus[] known = this.sorted;
		if (known == null) {
			List<MemberStatus> all = new ArrayList<>();
			for (@Nullable
			MemberStatus[] chunk : this.chunks) {
				for (MemberStatus status : chunk) {
					if (status != null) {
						all.add(status);
					}
				}
			}
			all.sort(BY_ID);
			known = all.toArray(new MemberStatus[0]);
			this.sorted = known;
		}
		return known;
	}

}
