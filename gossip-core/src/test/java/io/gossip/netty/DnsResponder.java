package io.gossip.netty;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on loopback that knows the SRV records it is told, and nothing else. */
final class DnsResponder implements AutoCloseable {

	private static final int SRV = 33;

	private static final int NO_SUCH_NAME = 3;

	private static final int ANSWER = 0x8580;

	/** What the names are, in lower case and with a dot at the end. */
	final Map<String, List<Srv>> records = new ConcurrentHashMap<>();

	final AtomicInteger questions = new AtomicInteger();

	/** Whether it takes questions and says nothing. */
	volatile boolean isSilent;

	private final DatagramSocket socket;

	DnsResponder() throws IOException {
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "dns-responder");
		thread.setDaemon(true);
		thread.start();
	}

	/** A record. */
	record Srv(int priority, int weight, int port, String target) {
	}

	/** Where it is, as JNDI wants it. */
	String url() {
		return "dns://" + this.socket.getLocalAddress().getHostAddress() + ":" + this.socket.getLocalPort();
	}

	private void serve() {
		byte[] buffer = new byte[1500];
		try {
			while (true) {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				this.socket.receive(packet);
				this.questions.incrementAndGet();
				if (!this.isSilent) {
					byte[] answer = answer(buffer, packet.getLength());
					this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
				}
			}
		}
		catch (IOException ex) {
			// It is closed.
		}
	}

	private byte[] answer(byte[] question, int length) throws IOException {
		StringBuilder name = new StringBuilder();
		int at = 12;
		for (; question[at] != 0; at += question[at] + 1) {
			name.append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII)).append('.');
		}
		int type = question[at + 1] << 8 | question[at + 2];
		int end = at + 5;
		List<Srv> known = this.records.get(name.toString().toLowerCase(Locale.ROOT));
		List<Srv> answers = (known != null && type == SRV) ? known : List.of();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
		DataOutputStream out = new DataOutputStream(bytes);
		out.write(question, 0, 2);
		out.writeShort(ANSWER | ((known == null) ? NO_SUCH_NAME : 0));
		out.writeShort(1);
		out.writeShort(answers.size());
		out.writeInt(0);
		out.write(question, 12, end - 12);
		for (Srv srv : answers) {
			out.writeShort(0xc00c);
			out.writeShort(SRV);
			out.writeShort(1);
			out.writeInt(60);
			byte[] target = encode(srv.target);
			out.writeShort(6 + target.length);
			out.writeShort(srv.priority);
			out.writeShort(srv.weight);
			out.writeShort(srv.port);
			out.write(target);
		}
		return bytes.toByteArray();
	}

	private static byte[] encode(String name) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (String label : name.split("\\.")) {
			if (!label.isEmpty()) {
				bytes.write(label.length());
				bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
			}
		}
		bytes.write(0);
		return bytes.toByteArray();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
