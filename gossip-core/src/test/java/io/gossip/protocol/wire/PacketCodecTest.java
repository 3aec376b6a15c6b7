package io.gossip.protocol.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

class PacketCodecTest {

	private final PacketEncoder encoder = new PacketEncoder(new byte[65536], PacketSamples.CLUSTER);

	private final PacketDecoder decoder = new PacketDecoder();

	@ParameterizedTest
	@EnumSource(MessageType.class)
	void everyMessageComesBackAsItWent(MessageType type) {
		long seed = 100L + type.code();
		RandomGenerator random = new Random(seed);
		for (int round = 0; round < 2000; round++) {
			List<String> expected = new ArrayList<>();
			start(1400);
			for (int i = random.nextInt(3); i >= 0; i--) {
				PacketSamples.add(this.encoder, type, random, expected);
			}
			assertThat(dispatch(PacketSamples.bytes(this.encoder))).as("seed %d round %d", seed, round)
				.isEqualTo(expected);
		}
	}

	@Test
	void aPacketOfManyKindsComesBackInItsOrder() {
		long seed = 7;
		RandomGenerator random = new Random(seed);
		MessageType[] types = MessageType.values();
		for (int round = 0; round < 2000; round++) {
			List<String> expected = new ArrayList<>();
			start(1400);
			while (PacketSamples.add(this.encoder, types[random.nextInt(types.length)], random, expected)) {
				assertThat(this.encoder.length()).isLessThanOrEqualTo(1400);
			}
			assertThat(dispatch(PacketSamples.bytes(this.encoder))).as("seed %d round %d", seed, round)
				.isEqualTo(expected);
		}
	}

	@Test
	void theHeaderComesBackAsItWent() {
		this.encoder.start(100, -5, 77, 0xCAFEBABE, WireLimits.VERSION_MAX);
		this.encoder.viewHash(Long.MIN_VALUE);
		this.encoder.markHearsay();
		this.encoder.ping(1);
		dispatch(PacketSamples.bytes(this.encoder));
		PacketHeader header = this.decoder.header();
		assertThat(header.clusterId()).isEqualTo(PacketSamples.CLUSTER);
		assertThat(header.destination()).isEqualTo(-5);
		assertThat(header.sender()).isEqualTo(77);
		assertThat(header.instance()).isEqualTo(0xCAFEBABE);
		assertThat(header.incarnation()).isEqualTo(WireLimits.VERSION_MAX);
		assertThat(header.hasViewHash()).isTrue();
		assertThat(header.viewHash()).isEqualTo(Long.MIN_VALUE);
		assertThat(header.isHearsay()).isTrue();
		assertThat(header.isCorrection()).isFalse();
	}

	@Test
	void aRedirectedPacketDiffersInItsDestinationAlone() {
		start(100);
		this.encoder.ping(8);
		this.encoder.redirect(Long.MIN_VALUE + 77);
		assertThat(dispatch(PacketSamples.bytes(this.encoder))).containsExactly("ping 8");
		assertThat(this.decoder.header().destination()).isEqualTo(Long.MIN_VALUE + 77);
		this.encoder.redirect(2);
		byte[] back = PacketSamples.bytes(this.encoder);
		start(100);
		this.encoder.ping(8);
		assertThat(back).isEqualTo(PacketSamples.bytes(this.encoder));
	}

	@Test
	void theHeaderTakesAtMostFortyBytesHoweverHighTheIncarnation() {
		this.encoder.start(100, -1, -1, -1, 3);
		this.encoder.viewHash(-1);
		assertThat(this.encoder.length()).isLessThanOrEqualTo(35);
		this.encoder.start(100, -1, -1, -1, WireLimits.VERSION_MAX);
		this.encoder.viewHash(-1);
		assertThat(this.encoder.length()).isLessThanOrEqualTo(40);
	}

	@Test
	void aRecordOfTheGreatestSizeComesBackAsItWent() {
		SortedMap<String, String> metadata = new TreeMap<>();
		metadata.put("k".repeat(WireLimits.METADATA_KEY_BYTES_MAX), "");
		metadata.put("z", "v".repeat(WireLimits.METADATA_BYTES_MAX - 4 - 3 - WireLimits.METADATA_KEY_BYTES_MAX - 2));
		Member member = new Member(new NodeId(-1), -1, "n".repeat(128), Address.ofIpv6(-1, -1, 65535),
				new Zone("ä".repeat(32)), metadata, WireLimits.VERSION_MAX, 1, 255);
		List<String> expected = new ArrayList<>();
		start(8192);
		assertThat(PacketEncoder.metadataLength(metadata)).isLessThanOrEqualTo(WireLimits.METADATA_BYTES_MAX);
		assertThat(PacketSamples.addRecord(this.encoder, member, new Random(1), expected)).isTrue();
		assertThat(dispatch(PacketSamples.bytes(this.encoder))).isEqualTo(expected);
	}

	@Test
	void aRecordWithTheMostEntriesComesBackAsItWent() {
		SortedMap<String, String> metadata = new TreeMap<>();
		for (int i = 0; i < WireLimits.METADATA_ENTRIES_MAX; i++) {
			metadata.put("k" + i, "v" + i);
		}
		Member member = new Member(new NodeId(1), 1, "n", Address.ofIpv4(1, 1), Zone.NONE, metadata, 1, 1, 1);
		List<String> expected = new ArrayList<>();
		start(8192);
		assertThat(PacketSamples.addRecord(this.encoder, member, new Random(1), expected)).isTrue();
		assertThat(dispatch(PacketSamples.bytes(this.encoder))).isEqualTo(expected);
	}

	@Test
	void noRecordIsLongerThanItsLongestLength() {
		long seed = 21;
		RandomGenerator random = new Random(seed);
		for (int round = 0; round < 2000; round++) {
			Member member = PacketSamples.member(random);
			start(8192);
			int before = this.encoder.length();
			PacketSamples.addRecord(this.encoder, member, random, new ArrayList<>());
			assertThat(this.encoder.length() - before).as("seed %d round %d", seed, round)
				.isLessThanOrEqualTo(PacketEncoder.recordLengthMax(member));
		}
	}

	@ParameterizedTest
	@EnumSource(MessageType.class)
	void aMessageThatDoesNotFitLeavesThePacketAsItWas(MessageType type) {
		for (long seed = 0; seed < 20; seed++) {
			start(8192);
			PacketSamples.add(this.encoder, type, new Random(seed), new ArrayList<>());
			int whole = this.encoder.length();
			start(8192);
			int header = this.encoder.length();
			for (int budget = header; budget < whole; budget++) {
				start(budget);
				List<String> expected = new ArrayList<>();
				boolean fits = PacketSamples.add(this.encoder, type, new Random(seed), expected);
				assertThat(this.encoder.length()).as("seed %d budget %d", seed, budget).isLessThanOrEqualTo(budget);
				assertThat(fits).as("seed %d budget %d", seed, budget).isFalse();
				assertThat(this.encoder.length()).as("seed %d budget %d", seed, budget).isEqualTo(header);
				assertThat(this.encoder.messages()).isZero();
			}
		}
	}

	@Test
	void asManyHashesFitAsAPacketSaysThatItHasRoomFor() {
		for (int budget = 576; budget <= 1400; budget++) {
			start(budget);
			int room = this.encoder.leavesHashesMax();
			assertThat(this.encoder.leaves(15, 0xFFFF, true, room + 1)).as("one more than %d", room).isFalse();
			assertThat(this.encoder.leaves(15, 0xFFFF, true, room)).as("%d", room).isTrue();
			for (int i = 0; i < room; i++) {
				this.encoder.hash(i);
			}
			assertThat(this.encoder.length()).isBetween(budget - 3, budget);
		}
	}

	@Test
	void aMessageOfALaterVersionIsPassedOver() {
		start(1400);
		this.encoder.ping(1);
		int first = this.encoder.length();
		this.encoder.ping(2);
		byte[] known = PacketSamples.bytes(this.encoder);
		int highest = Arrays.stream(MessageType.values()).mapToInt(MessageType::code).max().orElseThrow();
		for (int code : new int[] { 0, highest + 1, 64, 127, 128, 255 }) {
			for (int length : new int[] { 0, 1, 127, 128, 300 }) {
				byte[] packet = insert(known, first, message(code, new byte[length]));
				assertThat(dispatch(packet)).as("code %d length %d", code, length).containsExactly("ping 1", "ping 2");
			}
		}
	}

	@Test
	void whatALaterVersionAddsToARecordIsPassedOver() {
		Member member = PacketSamples.member(new Random(3));
		List<String> expected = new ArrayList<>();
		start(1400);
		int header = this.encoder.length();
		PacketSamples.addRecord(this.encoder, member, new Random(4), expected);
		byte[] known = PacketSamples.bytes(this.encoder);
		byte[] head = Arrays.copyOf(known, header);
		int bodyStart = header + 1 + ((known[header + 1] < 0) ? 2 : 1);
		byte[] body = Arrays.copyOfRange(known, bodyStart, known.length - 1);
		byte[] extended = Arrays.copyOf(body, body.length + 4);
		extended[body.length] = 3;
		extended[body.length + 1] = -1;
		byte[] packet = insert(head, header, message(MessageType.RECORD.code(), extended));
		assertThat(dispatch(packet)).isEqualTo(expected);
		extended[body.length] = 4;
		packet = insert(head, header, message(MessageType.RECORD.code(), extended));
		assertThat(judge(packet)).as("an extension longer than the message").isEqualTo(DropReason.MALFORMED);
	}

	@Test
	void aPacketOfAnotherVersionIsNotRead() {
		start(1400);
		this.encoder.ping(1);
		byte[] packet = PacketSamples.bytes(this.encoder);
		packet[0] = 0;
		assertThat(judge(packet)).isEqualTo(DropReason.VERSION);
		packet[0] = 2;
		assertThat(judge(packet)).isEqualTo(DropReason.VERSION);
		assertThat(judge(new byte[] { 99 })).isEqualTo(DropReason.VERSION);
	}

	@ParameterizedTest
	@EnumSource(MessageType.class)
	void aPacketThatIsCutShortIsTruncated(MessageType type) {
		start(1400);
		PacketSamples.add(this.encoder, type, new Random(5), new ArrayList<>());
		byte[] packet = PacketSamples.bytes(this.encoder);
		for (int length = 0; length < packet.length; length++) {
			assertThat(judge(Arrays.copyOf(packet, length))).as("%d of %d bytes", length, packet.length)
				.isEqualTo(DropReason.TRUNCATED);
		}
	}

	@Test
	void bytesThatNoEncoderWritesAreMalformed() {
		byte[] head = header();
		assertThat(judge(insert(head, head.length, message(1, new byte[3])))).as("a short ping")
			.isEqualTo(DropReason.MALFORMED);
		assertThat(judge(insert(head, head.length, message(1, new byte[5])))).as("a long ping")
			.isEqualTo(DropReason.MALFORMED);
		assertThat(judge(insert(head, head.length, message(8, new byte[0])))).as("a request for nothing")
			.isEqualTo(DropReason.MALFORMED);
		assertThat(judge(insert(head, head.length, message(8, new byte[8])))).as("a request for nobody")
			.isEqualTo(DropReason.MALFORMED);
		byte[] flag = { 0, 0, 0, 0, 2 };
		assertThat(judge(insert(head, head.length, message(11, flag)))).as("a flag that is neither")
			.isEqualTo(DropReason.MALFORMED);
	}

	@Test
	void aNumberHasOneFormAlone() {
		byte[] head = header();
		byte[] correction = { 0, 1, 0, 0, 0, 0, 1 };
		byte[] longForm = { 0, (byte) 0x81, 0, 0, 0, 0, 0, 1 };
		assertThat(judge(insert(head, head.length, message(9, correction)))).isNull();
		assertThat(judge(insert(head, head.length, message(9, longForm)))).isEqualTo(DropReason.MALFORMED);
		for (int value : new int[] { 0, 1, 127, 128, 16383, 16384, Integer.MAX_VALUE }) {
			WireWriter writer = new WireWriter(new byte[8]);
			writer.start(8);
			writer.writeVarint(value);
			assertThat(writer.length()).isEqualTo(WireWriter.varintLength(value));
			WireReader reader = new WireReader().wrap(writer.buffer(), 0, writer.length());
			assertThat(reader.readVarint(Integer.MAX_VALUE)).isEqualTo(value);
			assertThat(reader.isFailed()).isFalse();
			assertThat(reader.remaining()).isZero();
		}
	}

	@Test
	void anAddressThatNobodyCanAnswerAtIsMalformed() {
		for (Address address : List.of(Address.ofIpv4(0, 7946), Address.ofIpv6(0, 0, 7946),
				Address.ofIpv4(0x0A000001, 0))) {
			start(1400);
			Member member = new Member(new NodeId(1), 1, "n", address, Zone.NONE, new TreeMap<>(), 1, 1, 1);
			PacketSamples.addRecord(this.encoder, member, new Random(1), new ArrayList<>());
			assertThat(judge(PacketSamples.bytes(this.encoder))).as("%s", address).isEqualTo(DropReason.MALFORMED);
		}
	}

	@Test
	void noAddressHidesInTheIpv6FormOfIpv4() {
		long[] lows = { 0xFFFF_0000_0000L, 0xFFFF_0A00_0001L, 0x1111_0A00_0001L };
		for (long low : lows) {
			start(1400);
			Member member = new Member(new NodeId(1), 1, "n", Address.ofIpv6(0x0102030405060708L, low, 7946), Zone.NONE,
					new TreeMap<>(), 1, 1, 1);
			PacketSamples.addRecord(this.encoder, member, new Random(1), new ArrayList<>());
			ByteBuffer packet = ByteBuffer.wrap(PacketSamples.bytes(this.encoder));
			int high = 0;
			while (packet.getLong(high) != 0x0102030405060708L) {
				high++;
			}
			packet.putLong(high, 0);
			assertThat(judge(packet.array())).isEqualTo((low >>> 32 == 0xFFFF) ? DropReason.MALFORMED : null);
		}
	}

	private void start(int budget) {
		this.encoder.start(budget, 2, 3, 4, 5);
	}

	private byte[] header() {
		start(1400);
		return PacketSamples.bytes(this.encoder);
	}

	private List<String> dispatch(byte[] packet) {
		assertThat(judge(packet)).as("the verdict on a packet of %d bytes", packet.length).isNull();
		Transcript transcript = new Transcript();
		this.decoder.dispatch(transcript);
		return transcript.lines();
	}

	private @Nullable DropReason judge(byte[] packet) {
		DropReason reason = this.decoder.open(packet, 0, packet.length);
		return (reason != null) ? reason : this.decoder.validate();
	}

	private static byte[] message(int code, byte[] body) {
		WireWriter writer = new WireWriter(new byte[body.length + 8]);
		writer.start(body.length + 8);
		writer.writeByte(code);
		writer.writeVarint(body.length);
		byte[] message = Arrays.copyOf(writer.buffer(), writer.length() + body.length);
		System.arraycopy(body, 0, message, writer.length(), body.length);
		return message;
	}

	private static byte[] insert(byte[] packet, int at, byte[] more) {
		byte[] result = new byte[packet.length + more.length];
		System.arraycopy(packet, 0, result, 0, at);
		System.arraycopy(more, 0, result, at, more.length);
		System.arraycopy(packet, at, result, at + more.length, packet.length - at);
		return result;
	}

}
