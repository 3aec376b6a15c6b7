package io.gossip.sample;

/**
 * A quote and who gave it.
 *
 * @param text the quote
 * @param by the name of the node that answered
 */
record Quote(String text, String by) {
}
