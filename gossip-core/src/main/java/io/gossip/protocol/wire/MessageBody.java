package io.gossip.protocol.wire;

import java.nio.charset.StandardCharsets;

import io.gossip.GossipException;

/** The bytes of a message of the application: its topic, and then its payload. */
public final class MessageBody {

	private MessageBody() {
	}

	/**
	 * The bytes of a message.
	 * @param topic what it is about
	 * @param payload what it carries
	 * @param bytesMax how many bytes both may have together
	 * @param remedy what to do with one that is too large
	 * @return a length byte, the topic in UTF-8, the payload
	 * @throws GossipException if one of them breaks its rule
	 */
	public static byte[] encode(String topic, byte[] payload, int bytesMax, String remedy) {
		byte[] text = topic.getBytes(StandardCharsets.UTF_8);
		if (text.length == 0 || text.length > WireLimits.TOPIC_BYTES_MAX) {
			throw new GossipException("The topic has " + text.length + " bytes of UTF-8: it must have 1 to "
					+ WireLimits.TOPIC_BYTES_MAX + "; choose a shorter name and put the rest into the payload");
		}
		// not as a sum, which could overflow
		if (payload.length > bytesMax - text.length) {
			throw new GossipException("The message of topic '" + topic + "' has a payload of " + payload.length
					+ " bytes: topic and payload together must not exceed " + bytesMax + "; " + remedy);
		}
		byte[] body = new byte[1 + text.length + payload.length];
		body[0] = (byte) text.length;
		System.arraycopy(text, 0, body, 1, text.length);
		System.arraycopy(payload, 0, body, 1 + text.length, payload.length);
		return body;
	}

	/** The topic of a body that is well formed. */
	public static String topic(byte[] body) {
		return new String(body, 1, body[0] & 0xFF, StandardCharsets.UTF_8);
	}

	/** The payload of a body that is well formed. */
	public static byte[] payload(byte[] body) {
		int start = 1 + (body[0] & 0xFF);
		byte[] payload = new byte[body.length - start];
		System.arraycopy(body, start, payload, 0, payload.length);
		return payload;
	}

	static void validate(WireReader reader, int bytesMax) {
		if (reader.remaining() > bytesMax + 1) {
			reader.fail();
		}
		reader.skipText(1, WireLimits.TOPIC_BYTES_MAX);
		reader.skip(reader.remaining());
	}

}
