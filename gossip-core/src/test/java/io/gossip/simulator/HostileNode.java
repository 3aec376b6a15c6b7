package io.gossip.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.membership.ZoneIndex;
import io.gossip.protocol.wire.MessageBody;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.SnapshotShare;
import io.gossip.protocol.wire.WireLimits;

/**
 * A member that lies. Its engine is an honest one, so that it answers pings and stays a
 * member; beside it a seeded stream of hostile packets goes out in its name, a hundred
 * and more a second. It says what it likes of anybody, but it speaks as itself: forged
 * senders are for a seal to refuse.
 */
final class HostileNode {

	/** Datagrams between two ticks. */
	private static final int PER_TICK = 3;

	private static final Duration TICK = Duration.ofMillis(20);

	/** Of so many lies at random one half is about fake members. */
	private static final Lie[] LIES = Lie.values();

	private static final int[] AHEAD = { 0, 1, 2, 100, 1_000, 100_000 };

	private final Simulation world;

	private final SimulatedNode node;

	private final List<Lie> repertoire;

	private final SeededRandom random;

	private final PacketEncoder packet;

	private final int frameBytesMax;

	private boolean active;

	private long fakes;

	private long packets;

	HostileNode(Simulation world, SimulatedNode node, List<Lie> repertoire) {
		this.world = world;
		this.node = node;
		this.repertoire = repertoire.isEmpty() ? List.of(LIES) : repertoire;
		this.random = world.world().randomStream(666);
		this.frameBytesMax = world.config().transport().frameBytesMax();
		this.packet = new PacketEncoder(new byte[this.frameBytesMax], clusterId(world.config().node().cluster()));
	}

	private static int clusterId(String cluster) {
		java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
		crc.update(cluster.getBytes(StandardCharsets.UTF_8));
		return (int) crc.getValue();
	}

	/** How many members it has made up. */
	long fakes() {
		return this.fakes;
	}

	/** How many hostile packets it has sent. */
	long packets() {
		return this.packets;
	}

	void begin() {
		this.active = true;
		tick();
	}

	/** Ends the process, and with it the lies. */
	void stop() {
		this.active = false;
		this.node.crash();
	}

	private void tick() {
		if (!this.active || !this.node.isRunning()) {
			return;
		}
		for (int i = 0; i < PER_TICK; i++) {
			boolean tellsFakes = this.repertoire.contains(Lie.FAKE_MEMBERS) && this.random.nextInt(2) == 0;
			tell(other(),
					tellsFakes ? Lie.FAKE_MEMBERS : this.repertoire.get(this.random.nextInt(this.repertoire.size())));
		}
		this.world.after(TICK, this::tick);
	}

	private SimulatedNode other() {
		int index = this.random.nextInt(this.world.nodes().size() - 1);
		return this.world.node((index < this.node.index()) ? index : index + 1);
	}

	private void tell(SimulatedNode victim, Lie lie) {
		boolean isFrame = lie == Lie.SNAPSHOTS || lie == Lie.JOINS;
		Member self = this.node.engine().self();
		long sender = (lie == Lie.JOINS) ? this.random.nextLong() | 1 : self.id().value();
		this.packet.start(isFrame ? 16 * 1024 : this.world.config().transport().datagramBudgetBytes(),
				victim.id().value(), sender, self.instance(), this.node.engine().incarnation());
		if (this.random.nextInt(4) == 0) {
			this.packet.viewHash(this.random.nextLong());
		}
		if (lie == Lie.HEARSAY_OF_DEATH || lie == Lie.COMPARISONS
				|| (lie == Lie.FAKE_MEMBERS && this.random.nextInt(2) == 0)) {
			this.packet.markHearsay();
		}
		fill(lie, victim, sender);
		if (this.packet.messages() == 0) {
			return;
		}
		this.packets++;
		if (isFrame) {
			this.world.world().sendFrame(this.node, victim.address(), this.packet.buffer(), 0, this.packet.length());
		}
		else {
			this.world.world().sendDatagram(this.node, victim.address(), this.packet.buffer(), 0, this.packet.length());
		}
	}

	private void fill(Lie lie, SimulatedNode victim, long sender) {
		switch (lie) {
			case FAKE_MEMBERS -> repeat(() -> record(fake(), MemberState.ALIVE));
			case ACCUSATIONS -> claims((about) -> this.packet.liveness(about.id().value(), MemberState.SUSPECT,
					incarnation(about), about.instance(), age(), accuser()));
			case REFUSALS -> claims((about) -> this.packet.refusal(about.id().value(), incarnation(about),
					about.instance(), age(), accuser()));
			case DEATHS, HEARSAY_OF_DEATH -> claims((about) -> this.packet.liveness(about.id().value(),
					MemberState.DEAD, incarnation(about), about.instance(), age(), accuser()));
			case DEPARTURES -> claims((about) -> this.packet.liveness(about.id().value(), MemberState.LEFT,
					incarnation(about), about.instance(), age(), 0));
			case ZONE_CUTS -> {
				for (int zone = 0; zone < this.world.settings().zones(); zone++) {
					ZoneIndex index = new ZoneIndex();
					int number = index.of(this.world.world().zone(zone));
					if (number != ZoneIndex.NONE) {
						this.packet.zoneCut(index.hash(number));
					}
				}
			}
			case FUTURE ->
				record(forged(selfOf(victim), selfOf(victim).address()), MemberState.of(this.random.nextInt(4)));
			case FORGED_CONTENT -> claims((about) -> record(forged(about, address()), MemberState.ALIVE));
			case COMPARISONS -> compare();
			case SNAPSHOTS -> {
				this.packet.snapshot(this.random.nextInt(), share());
				repeat(() -> record(fake(), MemberState.ALIVE));
			}
			case JOINS -> {
				this.packet.join(this.random.nextInt(), this.random.nextInt(2) == 0, this.random.nextInt(300), share());
				record(fake(sender, address()), MemberState.ALIVE);
			}
			case BROADCASTS -> repeat(() -> this.packet.broadcast(
					(this.random.nextInt(3) == 0) ? sender : selfOf(other()).id().value(), this.random.nextInt(),
					this.random.nextInt() >>> (1 + this.random.nextInt(30)), age(), MessageBody.encode("lies",
							new byte[this.random.nextInt(400)], WireLimits.BROADCAST_BYTES_MAX, "")));
			case PAUSES -> claims((about) -> this.packet.pause(about.id().value(), incarnation(about), about.instance(),
					this.random.nextInt(1_000_000), age()));
			case CORRECTIONS -> this.packet.correction(MemberState.of(this.random.nextInt(4)),
					incarnation(selfOf(victim)), selfOf(victim).instance(), version(1));
			case WITNESSES -> claims((about) -> this.packet.witness(about.id().value(), age()));
			case QUESTIONS -> claims(this::ask);
		}
	}

	private void compare() {
		if (this.random.nextInt(2) == 0) {
			int level = this.random.nextInt(2);
			if (this.packet.digest(level, (level == 0) ? 0 : this.random.nextInt(16))) {
				for (int i = 0; i < 16; i++) {
					this.packet.hash(this.random.nextInt());
				}
			}
		}
		else if (this.random.nextInt(2) == 0) {
			int hashes = this.random.nextInt(1 + Math.min(this.packet.leavesHashesMax(), 400));
			this.packet.leaves(this.random.nextInt(16), 1 + this.random.nextInt(0xFFFF), this.random.nextBoolean(),
					hashes);
			for (int i = 0; i < hashes; i++) {
				this.packet.hash(this.random.nextInt());
			}
		}
		else {
			repeat(() -> this.packet.versions(this.random.nextLong() | 1, MemberState.ALIVE, version(1),
					this.random.nextInt(), version(1), this.random.nextInt()));
			repeat(() -> this.packet.hashRequest(this.random.nextInt()));
		}
	}

	private boolean ask(Member about) {
		long subject = about.id().value();
		return switch (this.random.nextInt(4)) {
			case 0 -> this.packet.recordRequest(subject);
			case 1 -> this.packet.pingRequest(this.random.nextInt(), subject, age());
			case 2 -> this.packet.witnessRequest(subject);
			default -> this.packet.notice(subject, about.instance(), version(1));
		};
	}

	private void claims(Claim claim) {
		List<Member> members = new ArrayList<>();
		for (MemberStatus status : this.node.view().all()) {
			if (!status.member().id().equals(this.node.id())) {
				members.add(status.member());
			}
		}
		repeat(() -> claim.add(members.get(this.random.nextInt(members.size()))));
	}

	/** Adds messages until the packet is full. */
	private void repeat(Message message) {
		for (int i = 0; i < 200 && message.add(); i++) {
			// The packet says when it is full.
		}
	}

	private boolean record(Member member, MemberState state) {
		boolean isFake = member.name().startsWith("fake");
		boolean fits = this.packet.record(member, state, isFake ? 1 : incarnation(member), member.instance(), age(),
				accuser());
		this.fakes += (fits && isFake) ? 1 : 0;
		return fits;
	}

	private Member selfOf(SimulatedNode victim) {
		return victim.engine().self();
	}

	private Member fake() {
		return fake(this.random.nextLong() | 1, address());
	}

	private Member fake(long id, Address address) {
		Zone zone = (this.random.nextInt(3) == 0) ? new Zone("fake-" + this.random.nextInt(1000))
				: this.world.world().zone(this.random.nextInt(this.world.settings().zones()));
		return new Member(new NodeId(id), this.random.nextInt(), "fake-" + Long.toHexString(id), address, zone,
				new TreeMap<>(), 1, 1, 1);
	}

	private Member forged(Member member, Address address) {
		SortedMap<String, String> metadata = new TreeMap<>(member.metadata());
		metadata.put("forged", Long.toHexString(this.random.nextLong()));
		return new Member(member.id(), member.instance(), member.name(), address, member.zone(), metadata,
				version(member.contentVersion()), 1, 1);
	}

	/** Nobody's address, somebody's, or its own. */
	private Address address() {
		return switch (this.random.nextInt(4)) {
			case 0 -> other().address();
			case 1 -> this.node.address();
			default -> Address.ofIpv4(10 << 24 | 200 << 16 | this.random.nextInt(65536), 7946);
		};
	}

	private long accuser() {
		return switch (this.random.nextInt(3)) {
			case 0 -> this.node.id().value();
			case 1 -> other().id().value();
			default -> this.random.nextLong() | 1;
		};
	}

	private int incarnation(Member member) {
		return version(this.node.view().find(member.id()).map((status) -> (int) status.incarnation()).orElse(1));
	}

	/** A version that is held, a little ahead of it, or at the end of the range. */
	private int version(int held) {
		if (this.random.nextInt(8) == 0) {
			return WireLimits.VERSION_MAX - this.random.nextInt(4);
		}
		return Math.min(held + AHEAD[this.random.nextInt(AHEAD.length)], WireLimits.VERSION_MAX);
	}

	private int age() {
		return (this.random.nextInt(4) == 0) ? this.random.nextInt(WireLimits.AGE_MILLIS_MAX)
				: this.random.nextInt(2_000);
	}

	/** Something about a member. */
	private interface Claim {

		boolean add(Member about);

	}

	/** Something. */
	private interface Message {

		boolean add();

	}

	private SnapshotShare share() {
		int count = this.random.nextInt(SnapshotShare.COUNT_MAX + 1);
		return new SnapshotShare((count == 0) ? 0 : this.random.nextInt(count), count);
	}

}
