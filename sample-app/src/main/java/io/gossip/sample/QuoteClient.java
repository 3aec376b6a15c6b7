package io.gossip.sample;

import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * A client of the quote service. {@code quotes} is the name of the service, which the
 * load balancer replaces by an instance that is up.
 */
@Component
class QuoteClient {

	private final RestClient restClient;

	QuoteClient(RestClient.Builder builder) {
		this.restClient = builder.baseUrl("http://quotes").build();
	}

	/** A quote of any instance. */
	Quote quote() {
		return Objects.requireNonNull(this.restClient.get().uri("/quote").retrieve().body(Quote.class),
				"an answer without a body");
	}

}
