package io.gossip.protocol.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.gossip.MemberState;

/** A handler that writes down every call, with all that it was told. */
public final class Transcript implements MessageHandler {

	private final List<String> lines = new ArrayList<>();

	/** What was called, one line a call. */
	public List<String> lines() {
		return this.lines;
	}

	private void add(Object... words) {
		StringBuilder line = new StringBuilder();
		for (Object word : words) {
			line.append(word).append(' ');
		}
		this.lines.add(line.toString().trim());
	}

	@Override
	public void onPing(PacketHeader header, int sequence) {
		add("ping", sequence);
	}

	@Override
	public void onAck(PacketHeader header, int sequence) {
		add("ack", sequence);
	}

	@Override
	public void onPingRequest(PacketHeader header, int sequence, long target, int budgetMillis) {
		add("pingRequest", sequence, target, budgetMillis);
	}

	@Override
	public void onNack(PacketHeader header, int sequence, long target) {
		add("nack", sequence, target);
	}

	@Override
	public void onRelayedAck(PacketHeader header, int sequence, long target) {
		add("relayedAck", sequence, target);
	}

	@Override
	public void onLiveness(PacketHeader header, long subject, MemberState state, int incarnation, int instance,
			int ageMillis, long accuser) {
		add("liveness", subject, state, incarnation, instance, ageMillis, accuser);
	}

	@Override
	public void onRefusal(PacketHeader header, long subject, int incarnation, int instance, int ageMillis,
			long accuser) {
		add("refusal", subject, incarnation, instance, ageMillis, accuser);
	}

	@Override
	public void onPause(PacketHeader header, long subject, int incarnation, int instance, int number, int leftMillis) {
		add("pause", subject, incarnation, instance, number, leftMillis);
	}

	@Override
	public void onRecord(PacketHeader header, RecordCursor record) {
		add("record", record.subject(), record.state(), record.incarnation(), record.instance(), record.ageMillis(),
				record.accuser(), PacketSamples.text(record.decodeMember()));
	}

	@Override
	public void onRecordRequest(PacketHeader header, long subject) {
		add("recordRequest", subject);
	}

	@Override
	public void onCorrection(PacketHeader header, MemberState state, int incarnation, int instance,
			int contentVersion) {
		add("correction", state, incarnation, instance, contentVersion);
	}

	@Override
	public void onNotice(PacketHeader header, long subject, int contentInstance, int contentVersion) {
		add("notice", subject, contentInstance, contentVersion);
	}

	@Override
	public void onBroadcast(PacketHeader header, long origin, int instance, int sequence, int ageMillis,
			WireReader body) {
		add("broadcast", origin, instance, sequence, ageMillis, Arrays.toString(body.readRest()));
	}

	@Override
	public void onDirect(PacketHeader header, WireReader body) {
		add("direct", Arrays.toString(body.readRest()));
	}

	@Override
	public void onZoneCut(PacketHeader header, long zoneHash) {
		add("zoneCut", zoneHash);
	}

	@Override
	public void onWitnessRequest(PacketHeader header, long subject) {
		add("witnessRequest", subject);
	}

	@Override
	public void onWitness(PacketHeader header, long subject, int heardAgoMillis) {
		add("witness", subject, heardAgoMillis);
	}

	@Override
	public void onJoin(PacketHeader header, int sequence, boolean isReferred, int members, SnapshotShare share) {
		add("join", sequence, isReferred, members, share);
	}

	@Override
	public void onBusy(PacketHeader header, int sequence) {
		add("busy", sequence);
	}

	@Override
	public void onSnapshot(PacketHeader header, int sequence, boolean last, SnapshotShare share) {
		add("snapshot", sequence, last, share);
	}

	@Override
	public void onDigest(PacketHeader header, int level, int prefix, WireReader hashes) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < PacketDecoder.DIGEST_WIDTH; i++) {
			text.append(hashes.readInt()).append(',');
		}
		add("digest", level, prefix, text);
	}

	@Override
	public void onLeaves(PacketHeader header, int prefix, int leaves, boolean takes, WireReader hashes) {
		StringBuilder text = new StringBuilder();
		while (hashes.remaining() > 0) {
			text.append(hashes.readInt()).append(',');
		}
		add("leaves", prefix, leaves, takes, "hashes:" + text);
	}

	@Override
	public void onVersions(PacketHeader header, long subject, MemberState state, int incarnation, int instance,
			int contentVersion, int contentInstance) {
		add("versions", subject, state, incarnation, instance, contentVersion, contentInstance);
	}

	@Override
	public void onHashRequest(PacketHeader header, int hash) {
		add("hashRequest", hash);
	}

}
