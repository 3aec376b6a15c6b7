package io.gossip.netty;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.gossip.Address;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.UnreachableReason;

/** Keeps what endpoints report. */
final class RecordingInbound implements Inbound {

	final ConcurrentLinkedQueue<Packet> datagrams = new ConcurrentLinkedQueue<>();

	final ConcurrentLinkedQueue<Packet> frames = new ConcurrentLinkedQueue<>();

	final ConcurrentLinkedQueue<String> unreachable = new ConcurrentLinkedQueue<>();

	final ConcurrentLinkedQueue<DropReason> drops = new ConcurrentLinkedQueue<>();

	final ConcurrentLinkedQueue<Boolean> writable = new ConcurrentLinkedQueue<>();

	/**
	 * What has arrived.
	 *
	 * @param from where it came from
	 * @param text its bytes, as text
	 * @param length how many they are
	 */
	record Packet(Address from, String text, int length) {

		static Packet of(Address from, byte[] buffer, int offset, int length) {
			byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + Math.min(length, 64));
			return new Packet(from, new String(bytes, StandardCharsets.UTF_8), length);
		}

	}

	@Override
	public void onDatagram(Address from, byte[] buffer, int offset, int length) {
		this.datagrams.add(Packet.of(from, buffer, offset, length));
	}

	@Override
	public void onFrame(Address from, byte[] buffer, int offset, int length) {
		this.frames.add(Packet.of(from, buffer, offset, length));
	}

	@Override
	public void onUnreachable(Address to, UnreachableReason why) {
		this.unreachable.add(to + " " + why);
	}

	@Override
	public void onWritable(boolean isWritable) {
		this.writable.add(isWritable);
	}

	@Override
	public void onDropped(DropReason reason) {
		this.drops.add(reason);
	}

}
