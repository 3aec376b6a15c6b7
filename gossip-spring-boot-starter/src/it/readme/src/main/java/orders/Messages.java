package orders;

import io.gossip.GossipCluster;
import io.gossip.GossipMessage;
import io.gossip.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

@Component
class Messages {

	private final Logger logger = LoggerFactory.getLogger(Messages.class);

	void tell(GossipCluster cluster, String key, Member member, byte[] bytes) {
		// README: cluster.broadcast(
	}

	// README: GossipMessage message

}
