package io.gossip.protocol.wire;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.Zone;

/** Generated messages, and what a handler is told of each. */
final class PacketSamples {

	static final int CLUSTER = 0x1234ABCD;

	private static final String LETTERS = "abcz09-._ äöüßéλжש中文字🙂𝒳";

	private PacketSamples() {
	}

	/**
	 * Adds a generated message to a packet.
	 * @param expected receives what a handler must be told, if the message fits
	 * @return whether it fits
	 */
	static boolean add(PacketEncoder packet, MessageType type, RandomGenerator random, List<String> expected) {
		int sequence = random.nextInt();
		long target = identity(random);
		return switch (type) {
			case PING -> note(packet.ping(sequence), expected, "ping " + sequence);
			case ACK -> note(packet.ack(sequence), expected, "ack " + sequence);
			case JOIN -> {
				boolean isReferred = random.nextBoolean();
				int members = number(random, WireLimits.VERSION_MAX);
				SnapshotShare share = share(random);
				yield note(packet.join(sequence, isReferred, members, share), expected,
						"join " + sequence + " " + isReferred + " " + members + " " + share);
			}
			case BUSY -> note(packet.busy(sequence), expected, "busy " + sequence);
			case NACK -> note(packet.nack(sequence, target), expected, "nack " + sequence + " " + target);
			case RELAYED_ACK ->
				note(packet.relayedAck(sequence, target), expected, "relayedAck " + sequence + " " + target);
			case PING_REQUEST -> {
				int budget = number(random, WireLimits.AGE_MILLIS_MAX);
				yield note(packet.pingRequest(sequence, target, budget), expected,
						"pingRequest " + sequence + " " + target + " " + budget);
			}
			case LIVENESS, REFUSAL, PAUSE, CORRECTION -> addClaim(packet, type, target, random, expected);
			case RECORD -> addRecord(packet, member(random), random, expected);
			case RECORD_REQUEST -> note(packet.recordRequest(target), expected, "recordRequest " + target);
			case NOTICE -> {
				int content = number(random, WireLimits.VERSION_MAX);
				yield note(packet.notice(target, sequence, content), expected,
						"notice " + target + " " + sequence + " " + content);
			}
			case WITNESS_REQUEST -> note(packet.witnessRequest(target), expected, "witnessRequest " + target);
			case BROADCAST -> {
				Claim claim = Claim.generate(random);
				byte[] body = body(random, WireLimits.BROADCAST_BYTES_MAX);
				yield note(packet.broadcast(target, claim.instance, claim.incarnation, claim.age, body), expected,
						"broadcast " + target + " " + claim.instance + " " + claim.incarnation + " " + claim.age + " "
								+ Arrays.toString(body));
			}
			case DIRECT -> {
				byte[] body = body(random, 600);
				yield note(packet.direct(body), expected, "direct " + Arrays.toString(body));
			}
			case ZONE_CUT -> note(packet.zoneCut(target), expected, "zoneCut " + target);
			case WITNESS -> {
				int ago = number(random, WireLimits.AGE_MILLIS_MAX);
				yield note(packet.witness(target, ago), expected, "witness " + target + " " + ago);
			}
			case SNAPSHOT -> addSnapshot(packet, sequence, random.nextBoolean(), share(random), expected);
			case DIGEST -> addDigest(packet, random, expected);
			case LEAVES -> addLeaves(packet, random, expected);
			case VERSIONS -> addVersions(packet, random, expected);
			case HASH_REQUEST -> note(packet.hashRequest(sequence), expected, "hashRequest " + sequence);
		};
	}

	private static boolean addClaim(PacketEncoder packet, MessageType type, long target, RandomGenerator random,
			List<String> expected) {
		Claim claim = Claim.generate(random);
		return switch (type) {
			case LIVENESS -> {
				yield note(packet.liveness(target, claim.state, claim.incarnation, claim.instance, claim.age,
						claim.accuser), expected, "liveness " + target + " " + claim.text());
			}
			case REFUSAL -> {
				long accuser = identity(random);
				yield note(packet.refusal(target, claim.incarnation, claim.instance, claim.age, accuser), expected,
						"refusal " + target + " " + claim.incarnation + " " + claim.instance + " " + claim.age + " "
								+ accuser);
			}
			case PAUSE -> {
				int number = number(random, WireLimits.VERSION_MAX);
				yield note(packet.pause(target, claim.incarnation, claim.instance, number, claim.age), expected,
						"pause " + target + " " + claim.incarnation + " " + claim.instance + " " + number + " "
								+ claim.age);
			}
			case CORRECTION -> {
				int content = number(random, WireLimits.VERSION_MAX);
				yield note(packet.correction(claim.state, claim.incarnation, claim.instance, content), expected,
						"correction " + claim.state + " " + claim.incarnation + " " + claim.instance + " " + content);
			}
			default -> throw new IllegalArgumentException(type.name());
		};
	}

	static boolean addRecord(PacketEncoder packet, Member member, RandomGenerator random, List<String> expected) {
		Claim claim = Claim.generate(random);
		boolean fits = packet.record(member, claim.state, claim.incarnation, claim.instance, claim.age, claim.accuser);
		return note(fits, expected, "record " + member.id().value() + " " + claim.text() + " " + text(member));
	}

	private static byte[] body(RandomGenerator random, int bytesMax) {
		byte[] payload = new byte[random.nextInt(bytesMax - 16)];
		random.nextBytes(payload);
		return MessageBody.encode("topic-" + random.nextInt(100), payload, bytesMax, "");
	}

	private static SnapshotShare share(RandomGenerator random) {
		int count = random.nextInt(SnapshotShare.COUNT_MAX + 1);
		return new SnapshotShare((count == 0) ? 0 : random.nextInt(count), count);
	}

	private static boolean addSnapshot(PacketEncoder packet, int sequence, boolean last, SnapshotShare share,
			List<String> expected) {
		boolean fits = packet.snapshot(sequence, share);
		if (fits && last) {
			packet.markLast();
		}
		return note(fits, expected, "snapshot " + sequence + " " + last + " " + share);
	}

	private static boolean addDigest(PacketEncoder packet, RandomGenerator random, List<String> expected) {
		int level = random.nextInt(2);
		int prefix = (level == 0) ? 0 : random.nextInt(16);
		if (!packet.digest(level, prefix)) {
			return false;
		}
		StringBuilder hashes = new StringBuilder();
		for (int i = 0; i < PacketDecoder.DIGEST_WIDTH; i++) {
			int hash = random.nextInt();
			packet.hash(hash);
			hashes.append(hash).append(',');
		}
		return note(true, expected, "digest " + level + " " + prefix + " " + hashes);
	}

	private static boolean addLeaves(PacketEncoder packet, RandomGenerator random, List<String> expected) {
		int prefix = random.nextInt(16);
		int leaves = 1 + random.nextInt(0xFFFF);
		int count = random.nextInt(40);
		boolean takes = random.nextBoolean();
		if (!packet.leaves(prefix, leaves, takes, count)) {
			return false;
		}
		StringBuilder hashes = new StringBuilder();
		for (int i = 0; i < count; i++) {
			int hash = random.nextInt();
			packet.hash(hash);
			hashes.append(hash).append(',');
		}
		return note(true, expected, "leaves " + prefix + " " + leaves + " " + takes + " hashes:" + hashes);
	}

	private static boolean addVersions(PacketEncoder packet, RandomGenerator random, List<String> expected) {
		Claim claim = Claim.generate(random);
		long subject = identity(random);
		int content = number(random, WireLimits.VERSION_MAX);
		int contentInstance = random.nextInt();
		return note(packet.versions(subject, claim.state, claim.incarnation, claim.instance, content, contentInstance),
				expected, "versions " + subject + " " + claim.state + " " + claim.incarnation + " " + claim.instance
						+ " " + content + " " + contentInstance);
	}

	private static boolean note(boolean fits, List<String> expected, String line) {
		if (fits) {
			expected.add(line);
		}
		return fits;
	}

	/** A member with all that makes records different from each other. */
	static Member member(RandomGenerator random) {
		Address address = random.nextBoolean() ? Address.ofIpv4(random.nextInt() | 1, 1 + random.nextInt(65535))
				: Address.ofIpv6(random.nextLong(), random.nextLong() | 1, 1 + random.nextInt(65535));
		SortedMap<String, String> metadata = new TreeMap<>();
		for (int i = random.nextInt(5); i > 0; i--) {
			metadata.put(word(random, 1 + random.nextInt(8)), word(random, random.nextInt(20)));
		}
		return new Member(new NodeId(identity(random)), random.nextInt(), word(random, 1 + random.nextInt(16)), address,
				random.nextBoolean() ? Zone.NONE : new Zone(word(random, 1 + random.nextInt(8))), metadata,
				number(random, WireLimits.VERSION_MAX), 1, 1 + random.nextInt(255));
	}

	static String word(RandomGenerator random, int points) {
		int[] letters = LETTERS.codePoints().toArray();
		StringBuilder word = new StringBuilder();
		for (int i = 0; i < points; i++) {
			word.appendCodePoint(letters[random.nextInt(letters.length)]);
		}
		return word.toString();
	}

	/** A number of any length on the wire. */
	static int number(RandomGenerator random, int max) {
		return Math.min(random.nextInt() >>> (1 + random.nextInt(31)), max);
	}

	static long identity(RandomGenerator random) {
		long value = random.nextLong();
		return (value != 0) ? value : 1;
	}

	/** All of a member as text. */
	static String text(Member member) {
		return member.id() + "|" + member.instance() + "|" + member.name() + "|" + member.address() + "|"
				+ member.zone() + "|" + member.metadata() + "|" + member.contentVersion() + "|" + member.protocolMin()
				+ "|" + member.protocolMax();
	}

	/** The bytes of a packet, and nothing around them. */
	static byte[] bytes(PacketEncoder packet) {
		return Arrays.copyOf(packet.buffer(), packet.length());
	}

	/** What is claimed of a member's state. */
	private record Claim(MemberState state, int incarnation, int instance, int age, long accuser) {

		static Claim generate(RandomGenerator random) {
			MemberState state = MemberState.of(random.nextInt(4));
			boolean accused = state == MemberState.SUSPECT || state == MemberState.DEAD;
			return new Claim(state, number(random, WireLimits.VERSION_MAX), random.nextInt(),
					number(random, WireLimits.AGE_MILLIS_MAX), accused ? random.nextLong() : 0);
		}

		String text() {
			return this.state + " " + this.incarnation + " " + this.instance + " " + this.age + " " + this.accuser;
		}

	}

}
