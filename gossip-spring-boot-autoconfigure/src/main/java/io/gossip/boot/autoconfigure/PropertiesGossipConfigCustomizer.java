package io.gossip.boot.autoconfigure;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gossip.AntiEntropySettings;
import io.gossip.DisseminationSettings;
import io.gossip.FailureDetectionSettings;
import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.HealingSettings;
import io.gossip.JoinSettings;
import io.gossip.LeaveSettings;
import io.gossip.LimitSettings;
import io.gossip.NodeSettings;
import io.gossip.TransportSettings;
import io.gossip.Zone;
import io.gossip.boot.autoconfigure.context.ServiceMetadata;

import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/** The {@code gossip.*} properties, applied with order 0. */
final class PropertiesGossipConfigCustomizer implements GossipConfigCustomizer, Ordered {

	static final int PORT_RANGE_IF_UNSET = 10;

	private final GossipProperties properties;

	private final String serviceName;

	PropertiesGossipConfigCustomizer(GossipProperties properties, String serviceName) {
		this.properties = properties;
		this.serviceName = serviceName;
	}

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	public void customize(GossipConfig.Builder builder) {
		GossipProperties.Join join = this.properties.join();
		GossipProperties.Healing healing = this.properties.healing();
		builder.node((defaults) -> node())
			.transport(this::transport)
			.join((defaults) -> new JoinSettings(join.retryInitial(), join.retryMax(), join.attemptTimeout(),
					bytes("join.snapshot-bytes-per-second", join.snapshotBytesPerSecond())))
			.failureDetection((defaults) -> failureDetection())
			.dissemination((defaults) -> dissemination())
			.antiEntropy((defaults) -> antiEntropy())
			.healing((defaults) -> new HealingSettings(healing.interval(), healing.retention()))
			.leave((defaults) -> new LeaveSettings(this.properties.leave().timeout()))
			.limits((defaults) -> limits());
	}

	private NodeSettings node() {
		GossipProperties.Node node = this.properties.node();
		SortedMap<String, String> metadata = new TreeMap<>(node.metadata());
		metadata.putIfAbsent(ServiceMetadata.SERVICE, this.serviceName);
		// an empty name is an unset placeholder such as ${HOSTNAME:}, not a name
		String name = (StringUtils.hasText(node.name())) ? node.name() : null;
		return new NodeSettings(this.properties.cluster(), name, new Zone(node.zone()),
				Collections.unmodifiableSortedMap(metadata),
				PathSetting.parse("node.state-directory", node.stateDirectory(), "a directory"));
	}

	private TransportSettings transport(TransportSettings defaults) {
		GossipProperties.Transport transport = this.properties.transport();
		int port = (transport.port() != null) ? transport.port() : defaults.port();
		int portRangeIfUnset = (transport.port() != null) ? 1 : PORT_RANGE_IF_UNSET;
		int portRange = (transport.portRange() != null) ? transport.portRange() : portRangeIfUnset;
		String advertiseAddress = (StringUtils.hasText(transport.advertiseAddress())) ? transport.advertiseAddress()
				: null;
		return new TransportSettings(transport.bindAddress(), port, portRange, advertiseAddress,
				transport.advertisePort(), bytes("transport.datagram-budget-bytes", transport.datagramBudgetBytes()),
				bytes("transport.frame-bytes-max", transport.frameBytesMax()), transport.connectionsMax(),
				transport.connectTimeout(), transport.idleTimeout());
	}

	private FailureDetectionSettings failureDetection() {
		GossipProperties.FailureDetection detection = this.properties.failureDetection();
		return new FailureDetectionSettings(detection.probeInterval(), detection.probeTimeout(),
				detection.indirectProbes(), detection.toleratedPause(), detection.suspicionFactorMax(),
				detection.suspicionConfirmations(), detection.localHealthMax(), detection.zoneUnreachableTimeout(),
				detection.announcedPauseMax());
	}

	private DisseminationSettings dissemination() {
		GossipProperties.Dissemination dissemination = this.properties.dissemination();
		return new DisseminationSettings(dissemination.gossipInterval(), dissemination.gossipFanout(),
				dissemination.eagerFanout(), dissemination.eagerDelay(), dissemination.sendsMax(),
				bytes("dissemination.bytes-per-second", dissemination.bytesPerSecond()),
				dissemination.crossZonePercent());
	}

	private AntiEntropySettings antiEntropy() {
		GossipProperties.AntiEntropy antiEntropy = this.properties.antiEntropy();
		return new AntiEntropySettings(antiEntropy.interval(), antiEntropy.divergenceDelay(), antiEntropy.mode(),
				bytes("anti-entropy.bytes-per-second", antiEntropy.bytesPerSecond()));
	}

	private LimitSettings limits() {
		GossipProperties.Limits limits = this.properties.limits();
		return new LimitSettings(limits.membersMax(), limits.rumorsMax(), limits.tombstonesMax(),
				bytes("limits.metadata-bytes-max", limits.metadataBytesMax()), limits.suspicionsMax(),
				limits.correctionsPerSecond(), limits.eventQueueMax(), limits.broadcastsPerSecond(),
				limits.messagesMax(), limits.messageQueueMax());
	}

	private static int bytes(String setting, DataSize size) {
		long bytes = size.toBytes();
		if (bytes != (int) bytes) {
			throw new GossipException.InvalidSetting(setting, bytes, "must be less than 2 GB");
		}
		return (int) bytes;
	}

}
