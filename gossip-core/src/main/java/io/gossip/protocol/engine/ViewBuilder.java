package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;

import io.gossip.ClusterView;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.Zone;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.probe.ZoneGuard;
import org.jspecify.annotations.Nullable;

/**
 * The maker of views: copies the chunks of the table that have changed since the last
 * view, and shares all others with it.
 */
final class ViewBuilder {

	private final MembershipTable table;

	private final ZoneGuard zones;

	private TableView view = TableView.EMPTY;

	ViewBuilder(MembershipTable table, ZoneGuard zones) {
		this.table = table;
		this.zones = zones;
	}

	ClusterView view() {
		if (this.view.version() == this.table.version()) {
			return this.view;
		}
		int chunks = (this.table.slots() + MembershipTable.CHUNK_SLOTS - 1) / MembershipTable.CHUNK_SLOTS;
		@Nullable MemberStatus[][] copied = new MemberStatus[chunks][];
		for (int chunk = 0; chunk < chunks; chunk++) {
			boolean dirty = this.table.takeDirtyChunk(chunk);
			copied[chunk] = (dirty || chunk >= this.view.chunks()) ? copy(chunk) : this.view.chunk(chunk);
		}
		int[] counts = new int[MemberState.LEFT.ordinal() + 1];
		for (int ordinal = 0; ordinal < counts.length; ordinal++) {
			counts[ordinal] = this.table.count(MemberState.of(ordinal));
		}
		this.view = new TableView(copied, counts, unreachable(), this.table.viewHash(), this.table.version());
		return this.view;
	}

	private List<Zone> unreachable() {
		if (!this.zones.isAnyCut()) {
			return List.of();
		}
		List<Zone> cut = new ArrayList<>();
		for (int zone = 1; zone <= this.table.zones().count(); zone++) {
			if (this.zones.isCut(zone)) {
				cut.add(this.table.zones().zone(zone));
			}
		}
		return List.copyOf(cut);
	}

	private @Nullable MemberStatus[] copy(int chunk) {
		@Nullable MemberStatus[] statuses = new MemberStatus[MembershipTable.CHUNK_SLOTS];
		int base = chunk * MembershipTable.CHUNK_SLOTS;
		@Nullable MemberStatus[] before = (chunk < this.view.chunks()) ? this.view.chunk(chunk) : statuses;
		for (int i = 0; i < statuses.length; i++) {
			if (this.table.isUsed(base + i)) {
				statuses[i] = status(base + i, before[i]);
			}
		}
		return statuses;
	}

	private MemberStatus status(int slot, @Nullable MemberStatus before) {
		boolean same = before != null && before.member().equals(this.table.member(slot))
				&& before.state() == this.table.state(slot) && before.incarnation() == this.table.incarnation(slot);
		return (before != null && same) ? before
				: new MemberStatus(this.table.member(slot), this.table.state(slot), this.table.incarnation(slot));
	}

}
