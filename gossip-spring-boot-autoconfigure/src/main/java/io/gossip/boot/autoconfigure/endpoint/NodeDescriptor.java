package io.gossip.boot.autoconfigure.endpoint;

import java.util.HexFormat;

import io.gossip.ClusterPhase;
import io.gossip.Member;
import org.jspecify.annotations.Nullable;

/**
 * This node; all but the phase is null while it is stopped.
 *
 * @param phase where it is in its life
 * @param id the identity, sixteen hexadecimal digits
 * @param name the name for people
 * @param address where it listens, as the others see it
 * @param zone the failure domain, empty if it has none
 * @param instance the mark of this start, eight hexadecimal digits
 * @param incarnation the incarnation, null before it has one
 */
public record NodeDescriptor(ClusterPhase phase, @Nullable String id, @Nullable String name, @Nullable String address,
		@Nullable String zone, @Nullable String instance, @Nullable Long incarnation) {

	static NodeDescriptor stopped() {
		return new NodeDescriptor(ClusterPhase.STOPPED, null, null, null, null, null, null);
	}

	static NodeDescriptor of(Member self, @Nullable Long incarnation, ClusterPhase phase) {
		return new NodeDescriptor(phase, self.id().toString(), self.name(), self.address().toString(),
				self.zone().name(), HexFormat.of().toHexDigits(self.instance()), incarnation);
	}

}
