package orders;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class QuoteController {

	private final String name;

	QuoteController(@Value("${spring.application.name}") String name) {
		this.name = name;
	}

	@GetMapping("/quote")
	Quote quote() {
		return new Quote("Rumors are news in a hurry.", this.name);
	}

}
