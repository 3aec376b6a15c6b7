package io.gossip.simulator;

import java.util.List;

/**
 * One line of a report.
 *
 * @param name what was measured
 * @param parts the value, or several with names
 */
record Figure(String name, List<Part> parts) {

	/**
	 * A value.
	 *
	 * @param key its name, empty if it is the only one
	 * @param value the value, a number in decimal digits or a word
	 * @param isWord whether it is a word
	 */
	record Part(String key, String value, boolean isWord) {
	}

}
