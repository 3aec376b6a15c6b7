package io.gossip.boot.autoconfigure.context;

import java.util.Map;

/**
 * A source of metadata that is only known when the application runs, such as the port of
 * its web server. Beans of this type are asked, in their order, before every start of the
 * node, so that what they know is in the first message that the others see.
 */
@FunctionalInterface
public interface MemberMetadataContributor {

	/**
	 * Adds to the metadata.
	 * @param metadata the metadata so far, for change; settings and earlier contributors
	 * have been here
	 */
	void contribute(Map<String, String> metadata);

}
