package io.gossip.simulator;

import java.time.Duration;
import java.util.Map;

import io.gossip.MembershipEvent;

/**
 * One zone is cut off from the others, and healed again. Meanwhile one node of a hundred
 * crashes and as many change their metadata, on both sides.
 */
final class ZoneHeal {

	private static final Duration STEP = Duration.ofMillis(100);

	private static final int FIRST_TO_CRASH = 3;

	private final Simulation world;

	private final Duration length;

	private final int changes;

	private boolean isCut;

	private boolean isHealed;

	private int wrongFailures;

	private int bytesInTheCut;

	private int bytesAfterwards;

	private double mostSeconds = Double.POSITIVE_INFINITY;

	private double allSeconds = Double.POSITIVE_INFINITY;

	/**
	 * A cut to come.
	 * @param world a cluster at rest
	 * @param length how long the cut lasts
	 * @param changes how many crash, and how many change their metadata
	 */
	ZoneHeal(Simulation world, Duration length, int changes) {
		this.world = world;
		this.length = length;
		this.changes = changes;
	}

	void play() {
		this.world.listen((observer, atNanos, event) -> {
			if (event instanceof MembershipEvent.Failed) {
				onFailed(observer, this.world.node(index(event.member().name())));
			}
		});
		BurstMeter bursts = this.world.statistics().bursts();
		bursts.reset();
		Partition cut = this.world.cutZone(0);
		this.isCut = true;
		change();
		this.bytesInTheCut = bursts.max();
		bursts.reset();
		cut.heal();
		this.isCut = false;
		this.isHealed = true;
		untilAllAgree();
		this.world.run(Duration.ofSeconds(30));
		this.bytesAfterwards = bursts.max();
	}

	private void change() {
		Duration pause = this.length.dividedBy(this.changes);
		for (int i = 0; i < this.changes; i++) {
			this.world.run(pause);
			SimulatedNode victim = any();
			if (victim.isRunning() && victim.index() >= FIRST_TO_CRASH) {
				victim.vanish();
			}
			SimulatedNode other = any();
			if (other.isRunning()) {
				other.updateMetadata(Map.of("m", "changed " + i));
			}
		}
	}

	private SimulatedNode any() {
		return this.world.node(this.world.random().nextInt(this.world.nodes().size()));
	}

	private void untilAllAgree() {
		Duration start = this.world.now();
		while (this.allSeconds == Double.POSITIVE_INFINITY && this.world.now().minus(start).toSeconds() < 120) {
			this.world.run(STEP);
			double seconds = this.world.now().minus(start).toMillis() / 1000.0;
			if (this.mostSeconds == Double.POSITIVE_INFINITY && RepairGatesTest.agree(this.world, 0.99)) {
				this.mostSeconds = seconds;
			}
			if (RepairGatesTest.agree(this.world, 1)) {
				this.allSeconds = seconds;
			}
		}
	}

	private static int index(String name) {
		return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
	}

	private void onFailed(SimulatedNode observer, SimulatedNode subject) {
		boolean reaches = !this.isCut || (observer.zoneIndex() == 0) == (subject.zoneIndex() == 0);
		if (subject.isRunning() && (reaches || this.isHealed)) {
			this.wrongFailures++;
		}
	}

	/** The seconds until 99 of a hundred agreed. */
	double mostSeconds() {
		return this.mostSeconds;
	}

	double allSeconds() {
		return this.allSeconds;
	}

	/** The most that any node sent in a second. */
	int bytesInTheCut() {
		return this.bytesInTheCut;
	}

	int bytesAfterwards() {
		return this.bytesAfterwards;
	}

	/** How many Failed events told of members whom their observers could reach. */
	int wrongFailures() {
		return this.wrongFailures;
	}

}
