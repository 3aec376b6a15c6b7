package io.gossip.simulator;

import java.time.Duration;
import java.util.Arrays;

import io.gossip.GossipConfig;
import io.gossip.MembershipEvent;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine that ships detects as SWIM does (A. Das, I. Gupta, A. Motivala, "SWIM", DSN
 * 2002, section 3): the time from a crash to the first accusation.
 *
 * <p>
 * Each of the N survivors walks a shuffled list of its N others, one an interval, and its
 * intervals begin at a phase of their own. So it first probes the victim at a time that
 * is uniform in (0, N) intervals, and the first X of all is the least of N such times:
 *
 * <pre>
 * P(X &gt; x) = (1 - x/N)^N        E(X) = N / (N + 1)        p99 = N (1 - 0.01^(1/N))
 * </pre>
 *
 * Counted in whole intervals as in the paper, M = ceil(X), the mean is the sum of (1 -
 * i/N)^N over i = 0..N-1. For targets drawn anew in every interval, as in the paper's
 * analysis, (1 - 1/N)^i takes the place of 1 - i/N, and the mean is 1 / (1 - (1 -
 * 1/N)^N); both tend to e / (e - 1) = 1.58. The accusation follows at the end of the
 * interval that the probe began, at X + 1.
 *
 * <p>
 * Means must agree within four standard errors (99.99 %). The share of X beyond the p99
 * is binomial, within four standard deviations of 1 %. The whole distribution must pass
 * the test of Kolmogorov and Smirnov at the level of 1 %.
 */
class FirstDetectionTest {

	private static final double INTERVAL_NANOS = GossipConfig.defaults().failureDetection().probeInterval().toNanos();

	private static final double SWIM_MEAN = StrictMath.E / (StrictMath.E - 1);

	private final Sampled intervals = new Sampled();

	private final Sampled wholeIntervals = new Sampled();

	private double[] sorted = new double[0];

	@ParameterizedTest(name = "{0} nodes, {1} crashes")
	@CsvSource({ "50, 250", "200, 40" })
	void theFirstDetectionIsDistributedAsDerived(int nodes, int crashes) {
		crash(nodes, crashes);
		assertDistribution(nodes - 1);
	}

	@Tag("slow")
	@ParameterizedTest(name = "{0} nodes, {1} crashes")
	@CsvSource({ "50, 3000", "200, 600", "1000, 60" })
	void theFirstDetectionIsDistributedAsDerivedInMoreDetail(int nodes, int crashes) {
		crash(nodes, crashes);
		assertDistribution(nodes - 1);
	}

	private void assertDistribution(int survivors) {
		double n = survivors;
		int crashes = this.sorted.length;
		assertThat(this.intervals.mean()).as("mean, in intervals")
			.isCloseTo(n / (n + 1), Offset.offset(4 * this.intervals.standardError()));
		assertThat(this.wholeIntervals.mean()).as("mean, in whole intervals")
			.isCloseTo(wholeIntervals(survivors), Offset.offset(4 * this.wholeIntervals.standardError()));
		assertThat(wholeIntervals(survivors)).as("mean, as SWIM has it").isCloseTo(SWIM_MEAN, Offset.offset(1 / n));
		double p99 = n * (1 - StrictMath.pow(0.01, 1 / n));
		long beyond = Arrays.stream(this.sorted).filter((x) -> x > p99).count();
		assertThat((double) beyond).as("crashes detected later than the p99 of %.3f intervals", p99)
			.isCloseTo(0.01 * crashes, Offset.offset(4 * StrictMath.sqrt(0.01 * 0.99 * crashes)));
		double distance = 0;
		for (int i = 0; i < crashes; i++) {
			double below = 1 - StrictMath.pow(1 - this.sorted[i] / n, n);
			distance = Math.max(distance, Math.max((i + 1.0) / crashes - below, below - (double) i / crashes));
		}
		assertThat(distance).as("Kolmogorov-Smirnov distance").isLessThan(1.63 / StrictMath.sqrt(crashes));
	}

	private static double wholeIntervals(int survivors) {
		double mean = 0;
		for (int i = 0; i < survivors; i++) {
			mean += StrictMath.pow(1 - (double) i / survivors, survivors);
		}
		return mean;
	}

	private void crash(int nodes, int crashes) {
		this.sorted = new double[crashes];
		for (int i = 0; i < crashes; i++) {
			double x = crashOnce(nodes, i + 1);
			this.sorted[i] = x;
			this.intervals.add(x);
			this.wholeIntervals.add(StrictMath.ceil(x));
		}
		Arrays.sort(this.sorted);
	}

	/** How many intervals after a crash the first probe of the victim began. */
	private static double crashOnce(int nodes, long seed) {
		Simulation world = Simulation.builder().nodes(nodes).seed(seed).recordsEvents(false).build();
		long[] accusedNanos = new long[1];
		world.listen((observer, nowNanos, event) -> {
			if (event instanceof MembershipEvent.Suspected && accusedNanos[0] == 0) {
				accusedNanos[0] = nowNanos;
			}
		});
		world.startConverged();
		world.run(Duration.ofNanos(1_000_000_000L + world.random().nextLong(1_000_000_000L)));
		SimulatedNode victim = world.node(world.random().nextInt(nodes));
		long crashedNanos = world.now().toNanos();
		victim.vanish();
		assertThat(world.runUntil((all) -> accusedNanos[0] > 0, Duration.ofSeconds(20))).as("accused").isTrue();
		// A ping that was under way at the crash was sent just before it.
		return Math.max((accusedNanos[0] - crashedNanos) / INTERVAL_NANOS - 1, Double.MIN_VALUE);
	}

}
