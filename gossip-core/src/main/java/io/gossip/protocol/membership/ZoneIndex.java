package io.gossip.protocol.membership;

import java.util.Arrays;

import io.gossip.Zone;
import org.jspecify.annotations.Nullable;

/**
 * The zones that occur among the members, numbered from 1 on in the order in which they
 * were first seen; 0 stands for members without a zone. Zones beyond the limit count as
 * none: they get no protection of their own, and nothing else.
 */
public final class ZoneIndex {

	/** The number of {@link Zone#NONE}, and of a zone beyond the limit. */
	public static final int NONE = 0;

	/** The most zones that are told apart, so that a number fits in a byte. */
	public static final int ZONES_MAX = 255;

	private @Nullable Zone[] zones = new Zone[4];

	private long[] hashes = new long[4];

	private int count;

	/** The number of a zone, which it gets now if it is new and there is room. */
	public int of(Zone zone) {
		if (zone.name().isEmpty()) {
			return NONE;
		}
		for (int i = 0; i < this.count; i++) {
			if (zone.equals(this.zones[i])) {
				return i + 1;
			}
		}
		if (this.count == ZONES_MAX) {
			return NONE;
		}
		if (this.count == this.zones.length) {
			this.zones = Arrays.copyOf(this.zones, this.count * 2);
			this.hashes = Arrays.copyOf(this.hashes, this.count * 2);
		}
		this.zones[this.count] = zone;
		this.hashes[this.count] = hash(zone.name());
		return ++this.count;
	}

	/** Whether a zone counts as none, because there are too many others. */
	public boolean isBeyondLimit(Zone zone) {
		return this.count == ZONES_MAX && !zone.name().isEmpty() && of(zone) == NONE;
	}

	private static long hash(String name) {
		long hash = 0;
		for (int i = 0; i < name.length(); i++) {
			hash = ViewHash.mix(hash + name.charAt(i) + 1);
		}
		return hash;
	}

	/** How many zones are numbered, 1 to this. */
	public int count() {
		return this.count;
	}

	/** The zone with a number. */
	public Zone zone(int number) {
		Zone zone = (number > 0 && number <= this.count) ? this.zones[number - 1] : null;
		return (zone != null) ? zone : Zone.NONE;
	}

	/** What stands for a zone on the wire. */
	public long hash(int number) {
		return this.hashes[number - 1];
	}

	/** The number of the zone with a hash, {@link #NONE} if there is none. */
	public int ofHash(long hash) {
		for (int i = 0; i < this.count; i++) {
			if (this.hashes[i] == hash) {
				return i + 1;
			}
		}
		return NONE;
	}

}
