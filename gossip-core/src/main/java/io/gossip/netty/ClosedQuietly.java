package io.gossip.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a channel that nobody waits for. */
final class ClosedQuietly {

	private static final Logger LOGGER = LoggerFactory.getLogger(ClosedQuietly.class);

	private static final ChannelFutureListener ON_CLOSED = ClosedQuietly::closed;

	private ClosedQuietly() {
	}

	static void close(Channel channel) {
		channel.close().addListener(ON_CLOSED);
	}

	private static void closed(ChannelFuture future) {
		if (!future.isSuccess()) {
			LOGGER.debug("A channel did not close", future.cause());
		}
	}

}
