package io.gossip.boot.autoconfigure.cloud;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.boot.autoconfigure.context.MemberMetadataContributor;
import io.gossip.boot.autoconfigure.context.ServiceMetadata;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * A {@link ServiceRegistry} of one entry: this node. Membership is not its business; what
 * it decides is whether the others send requests here, which they learn from metadata.
 * What it says before the node runs is in the first message that the node sends.
 */
public class GossipServiceRegistry implements ServiceRegistry<GossipRegistration>, MemberMetadataContributor {

	/** The status of an instance that wants requests. */
	public static final String UP = "UP";

	private static final String UNREGISTERED = "UNREGISTERED";

	/** Eureka's word for "the status is what it is without me". */
	private static final String CANCEL_OVERRIDE = "CANCEL_OVERRIDE";

	private static final Set<String> STATUSES = Set.of(UP, "DOWN", "OUT_OF_SERVICE", "STARTING", "UNKNOWN");

	private final GossipCluster cluster;

	private boolean registered;

	private String status = UP;

	/**
	 * A registry.
	 * @param cluster the node
	 * @param registered whether the node wants requests before anybody registers it
	 */
	public GossipServiceRegistry(GossipCluster cluster, boolean registered) {
		this.cluster = cluster;
		this.registered = registered;
	}

	@Override
	public synchronized void register(@Nullable GossipRegistration registration) {
		this.registered = true;
		publish();
	}

	@Override
	public synchronized void deregister(@Nullable GossipRegistration registration) {
		this.registered = false;
		publish();
	}

	@Override
	public synchronized void setStatus(GossipRegistration registration, String newStatus) {
		String upperCase = newStatus.trim().toUpperCase(Locale.ROOT);
		String wanted = (upperCase.equals(CANCEL_OVERRIDE)) ? UP : upperCase;
		if (!STATUSES.contains(wanted)) {
			throw new IllegalArgumentException("The status '" + newStatus + "' is none of " + STATUSES);
		}
		this.status = wanted;
		publish();
	}

	/**
	 * The status, such as {@code UP}; {@code UNREGISTERED} where it is not registered.
	 */
	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public synchronized <T> T getStatus(GossipRegistration registration) {
		return (T) effectiveStatus();
	}

	@Override
	public void close() {
		// nothing is held; the node is closed by whoever started it
	}

	@Override
	public synchronized void contribute(Map<String, String> metadata) {
		apply(metadata);
	}

	private String effectiveStatus() {
		return (this.registered) ? this.status : UNREGISTERED;
	}

	private void publish() {
		ClusterPhase phase = this.cluster.status().phase();
		if (phase == ClusterPhase.JOINING || phase == ClusterPhase.JOINED) {
			Map<String, String> metadata = new TreeMap<>((Map<String, String>) this.cluster.metadata());
			apply(metadata);
			this.cluster.updateMetadata(metadata);
		}
	}

	private void apply(Map<String, String> metadata) {
		String effective = effectiveStatus();
		if (effective.equals(UP)) {
			metadata.remove(ServiceMetadata.STATUS);
		}
		else {
			metadata.put(ServiceMetadata.STATUS, effective);
		}
	}

}
