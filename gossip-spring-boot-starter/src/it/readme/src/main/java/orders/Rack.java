package orders;

import org.springframework.stereotype.Component;

@Component
class Rack {

	String name() {
		return "rack-7";
	}

}
