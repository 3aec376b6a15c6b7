package orders;

import io.gossip.MembershipEvent;
import io.gossip.Zone;
import io.gossip.boot.autoconfigure.GossipConfigCustomizer;
import io.gossip.boot.autoconfigure.context.MemberMetadataContributor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

@SpringBootApplication
public class OrdersApplication {

	private final Logger logger = LoggerFactory.getLogger(OrdersApplication.class);

	public static void main(String[] args) {
		SpringApplication.run(OrdersApplication.class, args);
	}

	// README: MembershipEvent.Failed event

	// README: GossipConfigCustomizer

}
