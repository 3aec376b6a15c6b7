package io.gossip.protocol.wire;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.Zone;

/**
 * A record as it lies in a packet: its versions are read at once, its content only when
 * somebody needs it, because most records that arrive are known already. It is valid
 * until the handler returns.
 */
public final class RecordCursor {

	private final WireReader content = new WireReader();

	private long subject;

	private MemberState state = MemberState.ALIVE;

	private int incarnation;

	private int instance;

	private int ageMillis;

	private long accuser;

	private int contentInstance;

	private int contentVersion;

	/** Reads the versions and checks the rest; the reader ends after the record. */
	void validate(WireReader reader) {
		readVersions(reader);
		int protocolMin = reader.readByte();
		int protocolMax = reader.readByte();
		if (protocolMin == 0 || protocolMin > protocolMax) {
			reader.fail();
		}
		validateAddress(reader);
		reader.skipText(1, WireLimits.NAME_BYTES_MAX);
		reader.skipText(0, WireLimits.ZONE_BYTES_MAX);
		validateMetadata(reader);
		int extensionBytes = reader.readVarint(0xFFFF);
		if (extensionBytes != reader.remaining()) {
			reader.fail();
		}
		reader.skip(extensionBytes);
	}

	/** Reads the versions of a record that was checked before. */
	void open(WireReader reader) {
		readVersions(reader);
		this.content.wrap(reader.buffer(), reader.position(), reader.remaining());
		reader.skip(reader.remaining());
	}

	void release() {
		this.content.release();
	}

	private void readVersions(WireReader reader) {
		this.subject = reader.readLong();
		int ordinal = reader.readByte();
		if (ordinal > MemberState.LEFT.ordinal() || this.subject == 0) {
			reader.fail();
			ordinal = 0;
		}
		this.state = MemberState.of(ordinal);
		this.incarnation = reader.readVarint(WireLimits.VERSION_MAX);
		this.instance = reader.readInt();
		this.ageMillis = reader.readVarint(WireLimits.AGE_MILLIS_MAX);
		this.accuser = PacketDecoder.hasAccuser(this.state) ? reader.readLong() : 0;
		this.contentInstance = reader.readInt();
		this.contentVersion = reader.readVarint(WireLimits.VERSION_MAX);
	}

	private static void validateAddress(WireReader reader) {
		int octets = reader.readByte();
		if (octets != 4 && octets != 16) {
			reader.fail();
			return;
		}
		boolean isHost = (octets == 4) ? reader.readInt() != 0 : isIpv6Host(reader.readLong(), reader.readLong());
		// A wildcard or a port of zero is an address that nobody can answer at.
		if (!isHost || reader.readShort() == 0) {
			reader.fail();
		}
	}

	/** IPv4 has a form of its own, and only that: also a wildcard must not hide in it. */
	private static boolean isIpv6Host(long high, long low) {
		return high != 0 || (low != 0 && low >>> 32 != 0xFFFF);
	}

	private static void validateMetadata(WireReader reader) {
		int entries = reader.readVarint(WireLimits.METADATA_ENTRIES_MAX);
		int start = reader.position();
		for (int i = 0; i < entries && !reader.isFailed(); i++) {
			reader.skipText(1, WireLimits.METADATA_KEY_BYTES_MAX);
			reader.skipText(reader.readShort(), 0, WireLimits.METADATA_BYTES_MAX);
		}
		if (reader.position() - start > WireLimits.METADATA_BYTES_MAX) {
			reader.fail();
		}
	}

	/** The content as a value. */
	public Member decodeMember() {
		WireReader reader = this.content;
		int protocolMin = reader.readByte();
		int protocolMax = reader.readByte();
		byte[] octets = new byte[reader.readByte()];
		for (int i = 0; i < octets.length; i++) {
			octets[i] = (byte) reader.readByte();
		}
		Address address = Address.ofOctets(octets, reader.readShort());
		String name = reader.readText();
		String zone = reader.readText();
		return new Member(new NodeId(this.subject), this.contentInstance, name, address,
				zone.isEmpty() ? Zone.NONE : new Zone(zone), decodeMetadata(reader), this.contentVersion, protocolMin,
				protocolMax);
	}

	private static SortedMap<String, String> decodeMetadata(WireReader reader) {
		int entries = reader.readVarint(WireLimits.METADATA_ENTRIES_MAX);
		if (entries == 0) {
			return Collections.emptySortedMap();
		}
		SortedMap<String, String> metadata = new TreeMap<>();
		for (int i = 0; i < entries; i++) {
			String key = reader.readText();
			metadata.put(key, reader.readText(reader.readShort()));
		}
		return Collections.unmodifiableSortedMap(metadata);
	}

	/** The identity of the member that the record is about. */
	public long subject() {
		return this.subject;
	}

	/** Its state. */
	public MemberState state() {
		return this.state;
	}

	/** The incarnation that the state belongs to. */
	public int incarnation() {
		return this.incarnation;
	}

	/** The instance that the state belongs to. */
	public int instance() {
		return this.instance;
	}

	/** How long ago the news was made, in milliseconds. */
	public int ageMillis() {
		return this.ageMillis;
	}

	/** Who accused the member first, zero if unknown or not accused. */
	public long accuser() {
		return this.accuser;
	}

	/** The instance that issued the content. */
	public int contentInstance() {
		return this.contentInstance;
	}

	/** The version of the content. */
	public int contentVersion() {
		return this.contentVersion;
	}

}
