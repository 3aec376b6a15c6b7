package orders;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
class QuoteClient {

	private final RestClient.Builder builder;

	QuoteClient(RestClient.Builder builder) {
		this.builder = builder;
	}

	@Nullable Quote quote() {
		return
		// README: builder.baseUrl
	}

}
