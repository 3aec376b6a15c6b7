package io.gossip.boot.autoconfigure.cloud;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.gossip.Address;
import io.gossip.ClusterView;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.NodeId;
import io.gossip.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.client.ServiceInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** Which members are instances of a service. */
class ServiceMembersTests {

	private final List<MemberStatus> members = new ArrayList<>();

	private final List<Zone> unreachable = new ArrayList<>();

	private final ServiceMembers services = new ServiceMembers(
			() -> new FixedView(List.copyOf(this.members), List.copyOf(this.unreachable)));

	@Test
	void aMemberWithAServiceAndAPortIsAnInstance() {
		add("b", MemberState.ALIVE, Map.of("service", "quotes", "http.port", "8082", "version", "2"));
		add("a", MemberState.ALIVE, Map.of("service", "quotes", "http.port", "8081"));
		add("c", MemberState.ALIVE, Map.of("service", "orders", "http.port", "8083"));
		assertThat(this.services.services()).containsExactly("orders", "quotes");
		assertThat(this.services.instances("quotes")).extracting(ServiceInstance::getInstanceId)
			.containsExactly("a", "b");
		ServiceInstance instance = this.services.instances("quotes").get(1);
		assertThat(instance.getServiceId()).isEqualTo("quotes");
		assertThat(instance.getUri()).hasToString("http://10.0.0.7:8082");
		assertThat(instance.getMetadata()).containsEntry("version", "2").doesNotContainKey("zone");
		assertThat(this.services.instances("nothing")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "65536", "-1", "http", "99999999999" })
	void aMemberWithoutAUsablePortIsNone(String port) {
		add("a", MemberState.ALIVE, Map.of("service", "quotes", "http.port", port));
		add("b", MemberState.ALIVE, Map.of("service", "quotes"));
		assertThat(this.services.services()).isEmpty();
		assertThat(this.services.instances("quotes")).isEmpty();
	}

	@Test
	void aMemberThatWantsNoRequestsIsNone() {
		add("a", MemberState.ALIVE, Map.of("service", "quotes", "http.port", "1", "service.status", "OUT_OF_SERVICE"));
		add("b", MemberState.ALIVE, Map.of("service", "quotes", "http.port", "1", "service.status", "up"));
		assertThat(this.services.instances("quotes")).extracting(ServiceInstance::getInstanceId).containsExactly("b");
	}

	@Test
	void aSuspectedMemberIsLeftOutUnlessMoreThanHalfAre() {
		add("a", MemberState.ALIVE, Map.of("service", "quotes", "http.port", "1"));
		add("b", MemberState.SUSPECT, Map.of("service", "quotes", "http.port", "1"));
		assertThat(this.services.instances("quotes")).extracting(ServiceInstance::getInstanceId).containsExactly("a");
		add("c", MemberState.SUSPECT, Map.of("service", "quotes", "http.port", "1"));
		assertThat(this.services.instances("quotes")).extracting(ServiceInstance::getInstanceId)
			.containsExactly("a", "b", "c");
		add("d", MemberState.SUSPECT, Map.of("service", "orders", "http.port", "1"));
		assertThat(this.services.instances("orders")).as("the only one").hasSize(1);
	}

	@Test
	void zoneSecurityAndHostArePassedOn() {
		Map<String, String> metadata = Map.of("service", "quotes", "http.port", "8443", "http.secure", "true",
				"http.host", "a.example.org");
		this.members.add(new MemberStatus(member("a", Address.ofIpv4(0x0A000007, 7946), new Zone("eu-1"), metadata),
				MemberState.ALIVE, 1));
		ServiceInstance instance = this.services.instances("quotes").get(0);
		assertThat(instance.isSecure()).isTrue();
		assertThat(instance.getUri()).hasToString("https://a.example.org:8443");
		assertThat(instance.getMetadata()).containsEntry("zone", "eu-1");
	}

	@Test
	void theMembersOfAZoneThatIsCutOffAreNone() {
		Map<String, String> metadata = Map.of("service", "quotes", "http.port", "80");
		Address address = Address.ofIpv4(0x0A000007, 7946);
		this.members.add(new MemberStatus(member("a", address, new Zone("eu-1"), metadata), MemberState.SUSPECT, 1));
		this.members.add(new MemberStatus(member("b", address, new Zone("eu-2"), metadata), MemberState.ALIVE, 1));
		this.unreachable.add(new Zone("eu-1"));
		assertThat(this.services.instances("quotes")).extracting(ServiceInstance::getInstanceId).containsExactly("b");
		this.unreachable.add(new Zone("eu-2"));
		assertThat(this.services.services()).isEmpty();
	}

	@Test
	void anIpv6HostIsInBrackets() {
		this.members.add(new MemberStatus(
				member("a", Address.ofIpv6(0, 1, 7946), Zone.NONE, Map.of("service", "quotes", "http.port", "80")),
				MemberState.ALIVE, 1));
		assertThat(this.services.instances("quotes").get(0).getUri()).hasToString("http://[0:0:0:0:0:0:0:1]:80");
	}

	private void add(String name, MemberState state, Map<String, String> metadata) {
		this.members
			.add(new MemberStatus(member(name, Address.ofIpv4(0x0A000007, 7946), Zone.NONE, metadata), state, 1));
	}

	private static Member member(String name, Address address, Zone zone, Map<String, String> metadata) {
		return new Member(NodeId.ofName("test", name), 1, name, address, zone,
				Collections.unmodifiableSortedMap(new TreeMap<>(metadata)), 1, 1, 1);
	}

	/** A view of some members that are in. */
	private record FixedView(List<MemberStatus> members, List<Zone> unreachableZones) implements ClusterView {

		@Override
		public List<MemberStatus> all() {
			return this.members;
		}

		@Override
		public Optional<MemberStatus> find(NodeId id) {
			return this.members.stream().filter((status) -> status.member().id().equals(id)).findFirst();
		}

		@Override
		public int count(MemberState state) {
			return (int) this.members.stream().filter((status) -> status.state() == state).count();
		}

		@Override
		public long hash() {
			return 0;
		}

		@Override
		public long version() {
			return 0;
		}

	}

}
