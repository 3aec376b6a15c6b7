package io.gossip.boot.autoconfigure.cloud;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.gossip.ClusterView;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.Zone;
import io.gossip.boot.autoconfigure.context.ServiceMetadata;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The members that serve requests, by service, as the view of this node has them at the
 * moment of the question.
 *
 * <p>
 * A member is an instance of a service if it publishes the name of one, a port, and no
 * status but {@code UP}, and if its zone can be reached. Suspected ones are left out, for
 * they do not answer; but where more than half of a service is suspected, something
 * between us is more likely to be broken than they are, and all are instances.
 */
final class ServiceMembers {

	private static final String UP = "UP";

	private static final String ZONE_KEY = "zone";

	private static final int PORT_MAX = 0xFFFF;

	private final Supplier<ClusterView> view;

	ServiceMembers(Supplier<ClusterView> view) {
		this.view = view;
	}

	/** The names of the services that have an instance, sorted. */
	List<String> services() {
		return serving().map(MemberStatus::member)
			.map((member) -> member.metadata().get(ServiceMetadata.SERVICE))
			.distinct()
			.sorted()
			.toList();
	}

	/** The instances of a service, in the order of their names. */
	List<ServiceInstance> instances(String service) {
		List<MemberStatus> all = serving()
			.filter((status) -> service.equals(status.member().metadata().get(ServiceMetadata.SERVICE)))
			.sorted(Comparator.comparing((MemberStatus status) -> status.member().name())
				.thenComparing((status) -> status.member().id()))
			.toList();
		return preferred(all).stream().map((status) -> instance(service, status.member())).toList();
	}

	private Stream<MemberStatus> serving() {
		ClusterView current = this.view.get();
		List<Zone> unreachable = current.unreachableZones();
		return current.members()
			.stream()
			.filter((status) -> isServing(status.member()))
			.filter((status) -> !unreachable.contains(status.member().zone()));
	}

	private static List<MemberStatus> preferred(List<MemberStatus> all) {
		List<MemberStatus> unsuspected = all.stream().filter((status) -> status.state() == MemberState.ALIVE).toList();
		int suspected = all.size() - unsuspected.size();
		return (2 * suspected > all.size()) ? all : unsuspected;
	}

	private static boolean isServing(Member member) {
		Map<String, String> metadata = member.metadata();
		return metadata.containsKey(ServiceMetadata.SERVICE) && port(member).isPresent()
				&& metadata.getOrDefault(ServiceMetadata.STATUS, UP).equalsIgnoreCase(UP);
	}

	private static OptionalInt port(Member member) {
		String text = member.metadata().get(ServiceMetadata.HTTP_PORT);
		if (text == null) {
			return OptionalInt.empty();
		}
		try {
			int port = Integer.parseInt(text);
			return (port > 0 && port <= PORT_MAX) ? OptionalInt.of(port) : OptionalInt.empty();
		}
		catch (NumberFormatException ex) {
			// what others publish is data: such a member cannot be called
			return OptionalInt.empty();
		}
	}

	private static ServiceInstance instance(String service, Member member) {
		Map<String, String> metadata = new LinkedHashMap<>(member.metadata());
		if (!member.zone().equals(Zone.NONE)) {
			// where Spring Cloud's load balancer looks for it
			metadata.putIfAbsent(ZONE_KEY, member.zone().name());
		}
		boolean secure = Boolean.parseBoolean(metadata.get(ServiceMetadata.SECURE));
		return new DefaultServiceInstance(member.name(), service, host(member), port(member).orElseThrow(), secure,
				metadata);
	}

	static String host(Member member) {
		String given = member.metadata().get(ServiceMetadata.HTTP_HOST);
		if (given != null) {
			return given;
		}
		String host = member.address().host();
		return (member.address().isIpv4()) ? host : "[" + host + "]";
	}

}
