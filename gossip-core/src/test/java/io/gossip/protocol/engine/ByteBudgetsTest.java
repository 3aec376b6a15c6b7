package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;

import io.gossip.GossipConfig;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ByteBudgetsTest {

	private static final long MILLI = 1_000_000L;

	private final List<DropReason> drops = new ArrayList<>();

	private final ByteBudgets budgets = new ByteBudgets(GossipConfig.builder()
		.dissemination((settings) -> settings.withBytesPerSecond(100_000))
		.antiEntropy((settings) -> settings.withBytesPerSecond(10_000))
		.build(), new ProtocolObserver() {
			@Override
			public void onDropped(DropReason reason) {
				ByteBudgetsTest.this.drops.add(reason);
			}
		});

	@Test
	void overAnySecondsNoMoreIsGrantedThanTheRateTheBurstAndOnePacket() {
		int bulk = 0;
		int news = 0;
		for (int milli = 0; milli < 10_000; milli++) {
			if (this.budgets.grantsBulk(milli * MILLI)) {
				this.budgets.spendBulk(milli * MILLI, 972);
				bulk += 1000;
			}
			if (this.budgets.grantsRumors(milli * MILLI)) {
				this.budgets.spendRumors(milli * MILLI, 972);
				news += 1000;
			}
		}
		assertThat(bulk).isBetween(100_000, 100_000 + 4_096 + 1_000);
		assertThat(news).isBetween(1_000_000, 1_000_000 + 25_000 + 1_000);
	}

	@Test
	void whatRidesOnOtherPacketsTakesNoMoreThanTheRateTheBurstAndOnePacket() {
		int news = 0;
		int messages = 0;
		for (int milli = 0; milli < 10_000; milli++) {
			if (this.budgets.grantsRumors(milli * MILLI)) {
				this.budgets.spendRiding(milli * MILLI, 1000, 0);
				news += 1000;
			}
			if (this.budgets.grantsMessages(milli * MILLI)) {
				this.budgets.spendRiding(milli * MILLI, 0, 1000);
				messages += 1000;
			}
		}
		assertThat(news).isBetween(1_000_000, 1_000_000 + 25_000 + 1_000);
		assertThat(messages).isBetween(4_000_000, 4_000_000 + 100_000 + 1_000);
		assertThat(this.drops).contains(DropReason.RUMOR_BUDGET, DropReason.MESSAGE_BUDGET);
	}

	@Test
	void whatRidesOnOtherPacketsIsPaidForBeforeATickSendsMore() {
		this.budgets.spendRiding(0, 40_000, 0);
		assertThat(this.budgets.grantsRumors(0)).isFalse();
		assertThat(this.budgets.grantsRumors(149 * MILLI)).isFalse();
		assertThat(this.budgets.grantsRumors(151 * MILLI)).isTrue();
	}

	@Test
	void probesThatAreFewCostNewsNothing() {
		assertThat(newsBesideProbes(10)).isGreaterThanOrEqualTo(1_000_000);
	}

	@Test
	void moreProbesLeaveLessToNewsInAllNoMoreThanWithoutThem() {
		int ownBytes = 10 * 10_000 + 10_000;
		assertThat(newsBesideProbes(50) + 50 * 10_000).isLessThanOrEqualTo(1_000_000 + 25_000 + 1_000 + ownBytes);
	}

	@Test
	void howeverManyTheProbesNewsKeepsHalfOfItsBytes() {
		assertThat(newsBesideProbes(1000)).isBetween(500_000 - 12_500, 500_000 + 25_000 + 1_000);
	}

	/** The news of ten seconds in which so many probes of 1,000 bytes go each second. */
	private int newsBesideProbes(int probesPerSecond) {
		int news = 0;
		for (int milli = 0; milli < 10_000; milli++) {
			if (milli % (1000 / probesPerSecond) == 0) {
				this.budgets.spendProbe(milli * MILLI, 972);
			}
			if (this.budgets.grantsRumors(milli * MILLI)) {
				this.budgets.spendRumors(milli * MILLI, 972);
				news += 1000;
			}
		}
		return news;
	}

	@Test
	void afterACutRepairSpendsWhatNewsLeavesAsLongAsItIsLent() {
		this.budgets.lendToRepair(0, 5000 * MILLI);
		assertThat(repairOf(0, 5000)).isBetween(5 * 110_000, 5 * 110_000 + 4_096 + 25_000 + 2_000);
		assertThat(repairOf(5000, 10_000)).isLessThanOrEqualTo(5 * 10_000 + 1_000);
		this.budgets.lendToRepair(20_000 * MILLI, 30_000 * MILLI);
		assertThat(repairOf(10_000, 20_000)).as("before that").isLessThanOrEqualTo(10 * 10_000 + 1_000);
	}

	@Test
	void whatIsLentIsNotSpentTwiceAndNewsGoesFirst() {
		this.budgets.lendToRepair(0, 10_000 * MILLI);
		int bulk = 0;
		int news = 0;
		for (int milli = 0; milli < 10_000; milli++) {
			for (int packet = 0; packet < 3 && this.budgets.grantsBulk(milli * MILLI); packet++) {
				this.budgets.spendBulk(milli * MILLI, 972);
				bulk += 1000;
			}
			// Half of what news may send, all of which it can.
			if (milli % 20 == 0) {
				assertThat(this.budgets.grantsRumors(milli * MILLI)).as("news after %d ms", milli).isTrue();
				this.budgets.spendRumors(milli * MILLI, 972);
				news += 1000;
			}
		}
		assertThat(news).isEqualTo(500_000);
		assertThat(bulk + news).isBetween(1_050_000, 1_100_000 + 4_096 + 25_000 + 2_000);
	}

	private int repairOf(int fromMilli, int toMilli) {
		int bulk = 0;
		for (int milli = fromMilli; milli < toMilli; milli++) {
			while (this.budgets.grantsBulk(milli * MILLI)) {
				this.budgets.spendBulk(milli * MILLI, 972);
				bulk += 1000;
			}
		}
		return bulk;
	}

	@Test
	void whatIsPutOffIsCounted() {
		this.budgets.spendBulk(0, 10_000);
		assertThat(this.budgets.grantsRumors(0)).isTrue();
		assertThat(this.budgets.grantsBulk(0)).isFalse();
		this.budgets.spendRumors(0, 100_000);
		assertThat(this.budgets.grantsRumors(0)).isFalse();
		assertThat(this.drops).containsExactly(DropReason.BULK_BUDGET, DropReason.RUMOR_BUDGET);
		assertThat(this.budgets.grantsRumors(2000 * MILLI)).isTrue();
		assertThat(this.budgets.grantsBulk(2000 * MILLI)).isTrue();
	}

	@Test
	void aQueueThatFillsUpStopsRepairAtOnceAndNewsAfterAGossipInterval() {
		this.budgets.onWritable(0, false);
		assertThat(this.budgets.grantsBulk(0)).isFalse();
		assertThat(this.budgets.grantsRumors(199 * MILLI)).isTrue();
		this.budgets.onWritable(100 * MILLI, false);
		assertThat(this.budgets.grantsRumors(200 * MILLI)).isFalse();
		this.budgets.onWritable(300 * MILLI, true);
		assertThat(this.budgets.grantsRumors(300 * MILLI)).isTrue();
		assertThat(this.budgets.grantsBulk(300 * MILLI)).isTrue();
	}

	@Test
	void whileTheClusterFormsSevenTimesAsMuchIsGrantedForHalfAMinute() {
		this.budgets.onForming(0);
		assertThat(this.budgets.isForming(29_999 * MILLI)).isTrue();
		assertThat(newsOfASecond(1000)).isBetween(700_000, 700_000 + 7 * 25_000 + 1_000);
		assertThat(this.budgets.isForming(30_000 * MILLI)).isFalse();
		assertThat(newsOfASecond(31_000)).isLessThan(100_000 + 25_000 + 1_000);
	}

	@Test
	void theClusterFormsForWhoeverSeesMoreNewMembersAtOnceThanATwentiethOfAll() {
		this.budgets.onNewcomer(0, 1000);
		for (int member = 0; member < 50; member++) {
			this.budgets.onNewcomer(60_000 * MILLI, 1000);
		}
		assertThat(this.budgets.isForming(60_000 * MILLI)).isFalse();
		this.budgets.onNewcomer(60_000 * MILLI, 1000);
		assertThat(this.budgets.isForming(60_000 * MILLI)).isTrue();
	}

	@Test
	void membersThatAreToldByAClusterAtRestDoNotCountAsNew() {
		this.budgets.onForming(0);
		for (int member = 0; member < 1000; member++) {
			this.budgets.onNewcomer(0, 1000);
		}
		this.budgets.onAtRest(0);
		assertThat(newsOfASecond(0)).isLessThanOrEqualTo(100_000 + 25_000 + 1_000);
		for (int member = 0; member < 50; member++) {
			this.budgets.onNewcomer(1000 * MILLI, 1000);
		}
		assertThat(this.budgets.isForming(1000 * MILLI)).isFalse();
		this.budgets.onNewcomer(1000 * MILLI, 1000);
		assertThat(this.budgets.isForming(1000 * MILLI)).as("others that come later do").isTrue();
	}

	@Test
	void whatWasSentBeforeTheClusterIsKnownToBeAtRestCountsAsIfItHadBeenKnown() {
		this.budgets.onForming(0);
		int before = news(0, 50);
		assertThat(before).isGreaterThan(50_000);
		this.budgets.onAtRest(50 * MILLI);
		assertThat(before + news(50, 1000)).isLessThanOrEqualTo(100_000 + 25_000 + 1_000);
		assertThat(newsOfASecond(1000)).as("the next second").isGreaterThan(95_000);
	}

	@Test
	void howeverMuchWasSentBeforeNewsWaitsForASecondAtMost() {
		this.budgets.onForming(0);
		assertThat(news(0, 1000)).isGreaterThan(700_000);
		this.budgets.onAtRest(1000 * MILLI);
		assertThat(this.budgets.grantsRumors(2001 * MILLI)).isTrue();
	}

	private int newsOfASecond(int fromMilli) {
		return news(fromMilli, fromMilli + 1000);
	}

	private int news(int fromMilli, int untilMilli) {
		int news = 0;
		for (int milli = fromMilli; milli < untilMilli; milli++) {
			while (this.budgets.grantsRumors(milli * MILLI)) {
				this.budgets.spendRumors(milli * MILLI, 972);
				news += 1000;
			}
		}
		return news;
	}

}
