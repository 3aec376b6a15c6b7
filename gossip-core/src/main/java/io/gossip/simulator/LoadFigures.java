package io.gossip.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.gossip.protocol.TrafficClass;

/** What the nodes sent over a while, as figures for a report. */
final class LoadFigures {

	private final Samples bytes = new Samples();

	private final Samples messages = new Samples();

	private final List<Figure.Part> bytesByClass = new ArrayList<>();

	private final List<Figure.Part> messagesByClass = new ArrayList<>();

	private final List<Figure.Part> crossZoneByClass = new ArrayList<>();

	private final double seconds;

	private final int bytesInOneSecondMax;

	private final int talkInOneSecondMax;

	private final boolean hasZones;

	/**
	 * Takes down what was sent since the statistics began.
	 * @param statistics what was counted
	 * @param nodes how many nodes there are
	 * @param zones how many zones they are spread over
	 * @param nanos for how long it was counted
	 */
	LoadFigures(Statistics statistics, int nodes, int zones, long nanos) {
		this.hasZones = zones > 1;
		this.seconds = nanos / 1e9;
		this.bytesInOneSecondMax = statistics.bursts().max();
		this.talkInOneSecondMax = statistics.talk().max();
		for (int i = 0; i < nodes; i++) {
			long nodeBytes = 0;
			long nodeMessages = 0;
			for (TrafficClass trafficClass : TrafficClass.values()) {
				nodeBytes += statistics.bytesSent(i, trafficClass);
				nodeMessages += statistics.messagesSent(i, trafficClass);
			}
			this.bytes.add(nodeBytes);
			this.messages.add(nodeMessages);
		}
		for (TrafficClass trafficClass : TrafficClass.values()) {
			double classBytes = 0;
			double classMessages = 0;
			for (int i = 0; i < nodes; i++) {
				classBytes += statistics.bytesSent(i, trafficClass);
				classMessages += statistics.messagesSent(i, trafficClass);
			}
			String key = trafficClass.name().toLowerCase(Locale.ROOT);
			this.bytesByClass.add(Report.part(key, classBytes / nodes / this.seconds));
			this.crossZoneByClass
				.add(Report.part(key, statistics.bytesBetweenZones(trafficClass) / (double) nodes / this.seconds));
			this.messagesByClass.add(Report.part(key, classMessages / nodes / this.seconds));
		}
	}

	void addTo(Report report) {
		if (this.hasZones) {
			report.parts("bytesToOtherZonesPerNodePerSecond", this.crossZoneByClass);
		}
		report.load("bytesPerNodePerSecond", this.bytes, this.seconds, this.bytesByClass);
		report.load("messagesPerNodePerSecond", this.messages, this.seconds, this.messagesByClass);
		report.number("bytesInOneSecondMax", this.bytesInOneSecondMax);
		report.number("bytesInOneSecondBesideSnapshotsMax", this.talkInOneSecondMax);
	}

}
