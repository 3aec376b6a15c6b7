package io.gossip.protocol.engine;

import io.gossip.protocol.DropReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HelperTest {

	private final EngineHarness harness = new EngineHarness(61);

	private final Node helper = this.harness.node("helper");

	private final TestPeer asker = this.harness.peer("asker");

	private final TestPeer target = this.harness.peer("target");

	@BeforeEach
	void join() {
		this.helper.join();
		this.asker.introduce(this.helper);
		this.target.introduce(this.helper);
		this.target.answersPings = false;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 50, 400, 5000 })
	void theWordThatThereIsNoAnswerArrivesWithinTheBudget(int budgetMillis) {
		this.harness.latency = EngineHarness.MILLI / 10;
		long start = this.harness.now;
		ask(7, budgetMillis);
		assertThat(this.harness.runUntil(() -> heard("nack 7"), budgetMillis * EngineHarness.MILLI)).isTrue();
		assertThat(this.harness.now - start).isLessThan(budgetMillis * EngineHarness.MILLI);
		assertThat(heard("relayedAck")).isFalse();
	}

	@Test
	void anAnswerIsRelayedAndNotFollowedByANack() {
		this.target.answersPings = true;
		ask(7, 400);
		this.harness.run(EngineHarness.SECOND);
		assertThat(heard("relayedAck 7 " + this.target.id.value())).isTrue();
		assertThat(heard("nack")).isFalse();
	}

	@Test
	void anAnswerThatComesAfterTheNackIsRelayedStill() {
		ask(7, 400);
		this.harness.run(300 * EngineHarness.MILLI);
		assertThat(heard("nack 7")).isTrue();
		EngineHarness.Packet ping = this.target.inbox.stream()
			.filter((packet) -> packet.tells("ping "))
			.findFirst()
			.orElseThrow();
		int sequence = Integer.parseInt(ping.lines()
			.stream()
			.filter((line) -> line.startsWith("ping "))
			.findFirst()
			.orElseThrow()
			.substring(5));
		this.target.tell(this.helper, (packet) -> packet.ack(sequence));
		this.harness.run(2 * this.harness.latency);
		assertThat(heard("relayedAck 7")).isTrue();
	}

	@Test
	void somebodyWhoIsNoMemberIsNotPingedForAnybody() {
		TestPeer stranger = this.harness.peer("stranger");
		this.asker.tell(this.helper, (packet) -> packet.pingRequest(7, stranger.id.value(), 400));
		this.asker.tell(this.helper, (packet) -> packet.pingRequest(8, this.helper.id().value(), 400));
		this.harness.run(2 * this.harness.latency);
		assertThat(heard("nack 7")).isTrue();
		assertThat(heard("nack 8")).isTrue();
		assertThat(this.helper.sent()).allMatch((packet) -> packet.to().equals(this.asker.address));
	}

	/** Each is answered by itself, to an address that may be forged. */
	@Test
	void ofTheProbesAndTheTestimoniesThatOnePacketAsksForOneEachIsMade() {
		this.asker.tell(this.helper, (packet) -> {
			for (int i = 0; i < 50; i++) {
				packet.pingRequest(i, 12345, 400);
				packet.witnessRequest(this.target.id.value());
			}
		});
		assertThat(this.helper.sent()).filteredOn((packet) -> packet.tells("nack")).hasSize(1);
		assertThat(this.helper.sent()).filteredOn((packet) -> packet.tells("witness")).hasSize(1);
		assertThat(this.helper.drops(DropReason.RATE_LIMIT)).isEqualTo(98);
	}

	@Test
	void errandsAreLimitedAndTheOneTooManyIsRefusedAtOnce() {
		for (int i = 0; i < 64; i++) {
			ask(i, 400);
		}
		assertThat(this.helper.drops(DropReason.RELAYS_LIMIT)).isZero();
		this.asker.inbox.clear();
		ask(64, 400);
		assertThat(this.helper.drops(DropReason.RELAYS_LIMIT)).isOne();
		this.harness.run(2 * this.harness.latency);
		assertThat(heard("nack 64")).isTrue();
		this.harness.run(500 * EngineHarness.MILLI);
		ask(65, 400);
		assertThat(this.helper.drops(DropReason.RELAYS_LIMIT)).as("once the errands are over").isOne();
	}

	@Test
	void anAbsurdBudgetDoesNotKeepTheHelperBusyForDays() {
		for (int i = 0; i < 64; i++) {
			ask(i, 20 * 24 * 3600 * 1000);
		}
		this.harness.run(600 * EngineHarness.SECOND);
		int before = this.helper.drops(DropReason.RELAYS_LIMIT);
		ask(99, 400);
		assertThat(this.helper.drops(DropReason.RELAYS_LIMIT)).isEqualTo(before);
	}

	private void ask(int sequence, int budgetMillis) {
		this.asker.tell(this.helper, (packet) -> packet.pingRequest(sequence, this.target.id.value(), budgetMillis));
	}

	private boolean heard(String beginning) {
		return this.asker.inbox.stream().anyMatch((packet) -> packet.tells(beginning));
	}

}
