package io.gossip.boot.autoconfigure.cloud;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gossip.GossipCluster;
import io.gossip.Member;
import io.gossip.MembershipEvent;
import io.gossip.Zone;
import io.gossip.boot.autoconfigure.TestNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.core.CachingServiceInstanceListSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Real applications that find each other with Spring Cloud. */
class GossipCloudTests {

	@Test
	void theInstancesOfAServiceAreFoundByBothClients() {
		try (ConfigurableApplicationContext one = web("one");
				ConfigurableApplicationContext two = web("two", TestNode.seed(one))) {
			TestNode.awaitAlive(one, 2);
			assertThat(one.getBean(DiscoveryClient.class).getServices()).contains("quotes");
			assertThat(one.getBean(DiscoveryClient.class).getInstances("quotes"))
				.extracting(ServiceInstance::getInstanceId, ServiceInstance::getPort)
				.containsExactly(tuple("one", port(one)), tuple("two", port(two)));
			assertThat(one.getBean(ReactiveDiscoveryClient.class).getInstances("quotes").collectList().block())
				.hasSize(2);
			assertThat(one.getBean(Recorder.class).registered).isOne();
		}
	}

	@Test
	void aDeadMemberIsNotChosenAnyMoreAlthoughItWasCached() {
		try (ConfigurableApplicationContext one = web("one");
				ConfigurableApplicationContext two = web("two", TestNode.seed(one))) {
			TestNode.awaitAlive(one, 2);
			TestNode.await("both are chosen", () -> chosen(one).equals(Set.of("one", "two")));
			TestNode.cluster(two).stop();
			TestNode.await("only the living one is chosen", () -> chosen(one).equals(Set.of("one")));
			assertThat(one.getBean(Recorder.class).versions).isNotEmpty().doesNotHaveDuplicates();
		}
	}

	@Test
	void aNewMemberIsChosenAtOnceAlthoughTheOthersWereCached() {
		try (ConfigurableApplicationContext one = web("one")) {
			TestNode.awaitAlive(one, 1);
			assertThat(chosen(one)).containsExactly("one");
			try (ConfigurableApplicationContext two = web("two", TestNode.seed(one))) {
				TestNode.await("both are chosen", () -> chosen(one).equals(Set.of("one", "two")));
				assertThat(two.isActive()).isTrue();
			}
			TestNode.await("the one that left is not", () -> chosen(one).equals(Set.of("one")));
		}
	}

	@Test
	void theStatusOfTheServiceRegistryEndpointReachesTheOthers() throws Exception {
		try (ConfigurableApplicationContext one = web("one");
				ConfigurableApplicationContext two = web("two", TestNode.seed(one))) {
			TestNode.awaitAlive(one, 2);
			assertThat(status(two, null)).isEqualTo("UP");
			status(two, "OUT_OF_SERVICE");
			TestNode.await("one does not choose two", () -> chosen(one).equals(Set.of("one")));
			assertThat(status(two, null)).isEqualTo("OUT_OF_SERVICE");
			two.stop();
			two.start();
			TestNode.awaitAlive(one, 2);
			assertThat(TestNode.cluster(two).localMember().metadata()).as("after a restart")
				.containsEntry("service.status", "OUT_OF_SERVICE");
			status(two, "up");
			TestNode.await("one chooses two", () -> chosen(one).equals(Set.of("one", "two")));
		}
	}

	@Test
	void anEvictionIsRepeatedForLookupsThatWereUnderWay() {
		try (ConfigurableApplicationContext context = TestNode.run(Nothing.class)) {
			ConcurrentMapCacheManager caches = new ConcurrentMapCacheManager();
			StaticListableBeanFactory beans = new StaticListableBeanFactory();
			beans.addBean("caches", caches);
			var cache = caches.getCache(CachingServiceInstanceListSupplier.SERVICE_INSTANCE_CACHE_NAME);
			assertThat(cache).isNotNull();
			List<Runnable> later = new CopyOnWriteArrayList<>();
			GossipCluster cluster = TestNode.cluster(context);
			Member self = cluster.localMember();
			TestNode.await("its own view", () -> cluster.view().size() == 1);
			Outages outages = new Outages();
			LoadBalancerCacheEvictor evictor = new LoadBalancerCacheEvictor(cluster,
					beans.getBeanProvider(CacheManager.class), outages, later::add);
			evictor.afterPropertiesSet();
			evictor.afterSingletonsInstantiated();
			cache.put("application", "stale");
			cache.put("another", "kept");
			evictor.onEvent(new MembershipEvent.Left(self, 1));
			assertThat(cache.get("application")).isNull();
			cache.put("application", "stale, by a lookup of before");
			later.forEach(Runnable::run);
			assertThat(cache.get("application")).isNull();
			assertThat(cache.get("another")).isNotNull();
			cache.put("application", "with members of a zone that is cut off");
			later.clear();
			outages.onZoneUnreachable(new Zone("eu-1"));
			assertThat(cache.get("application")).as("no work on the event loop").isNotNull();
			later.forEach(Runnable::run);
			assertThat(cache.get("application")).isNull();
			cache.put("application", "with one that has failed, of which a blocked listener is still to hear");
			later.clear();
			outages.onFailure(self);
			outages.onFailure(self);
			assertThat(later).as("once for all who fail together").hasSize(1);
			later.forEach(Runnable::run);
			assertThat(cache.get("application")).isNull();
			evictor.destroy();
		}
	}

	private static Set<String> chosen(ConfigurableApplicationContext context) {
		LoadBalancerClient client = context.getBean(LoadBalancerClient.class);
		Set<String> names = new TreeSet<>();
		for (int i = 0; i < 4; i++) {
			ServiceInstance instance = client.choose("quotes");
			if (instance != null) {
				names.add(instance.getInstanceId());
			}
		}
		return names;
	}

	private static String status(ConfigurableApplicationContext context, @Nullable String set) throws Exception {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port(context) + "/actuator/serviceregistry"));
		if (set != null) {
			request.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"status\":\"" + set + "\"}"));
		}
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(request.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
		return response.body().replace("\"", "");
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static ConfigurableApplicationContext web(String name, String... arguments) {
		return TestNode.application(Web.class)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.application.name=quotes",
					"gossip.leave.drain-delay=0", "gossip.node.name=" + name,
					"management.endpoints.web.exposure.include=serviceregistry",
					"spring.cloud.loadbalancer.cache.ttl=1h")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Recorder.class)
	static class Web {

	}

	/** The Spring Cloud events that an application has received. */
	static class Recorder {

		private final List<Object> versions = new CopyOnWriteArrayList<>();

		private volatile int registered;

		@EventListener
		void on(HeartbeatEvent event) {
			this.versions.add(event.getValue());
		}

		@EventListener
		void on(InstanceRegisteredEvent<?> event) {
			this.registered++;
		}

	}

}
