package io.gossip.sample;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.gossip.GossipCluster;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A small service: {@code /quote} answers by itself, {@code /ask} asks an instance of the
 * same service, any that is up.
 */
@RestController
class QuoteController {

	private static final List<String> QUOTES = List.of("Rumours are news that hurry.",
			"Who has heard nothing has not been asked.", "Three can keep a secret if none of them gossips.");

	private final AtomicInteger next = new AtomicInteger();

	private final GossipCluster cluster;

	private final QuoteClient client;

	QuoteController(GossipCluster cluster, QuoteClient client) {
		this.cluster = cluster;
		this.client = client;
	}

	@GetMapping("/quote")
	Quote quote() {
		String text = QUOTES.get(Math.floorMod(this.next.getAndIncrement(), QUOTES.size()));
		return new Quote(text, this.cluster.localMember().name());
	}

	@GetMapping("/ask")
	Quote ask() {
		return this.client.quote();
	}

}
