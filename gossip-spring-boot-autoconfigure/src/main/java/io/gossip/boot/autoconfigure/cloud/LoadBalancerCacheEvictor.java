package io.gossip.boot.autoconfigure.cloud;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.gossip.GossipCluster;
import io.gossip.Member;
import io.gossip.MembershipEvent;
import io.gossip.MembershipListener;
import io.gossip.boot.autoconfigure.context.ServiceMetadata;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cloud.loadbalancer.core.CachingServiceInstanceListSupplier;

/**
 * The eviction of a service from the load balancer's cache the moment one of its members
 * changes, or a zone can be reached no more. Without it, calls would go to a dead
 * instance until the cache expires, which takes 35 seconds by default.
 *
 * <p>
 * It listens to the node itself and not to application events: listeners that throw do
 * not hide an event from it, and it goes on while the context closes, when requests are
 * still being served.
 */
final class LoadBalancerCacheEvictor
		implements MembershipListener, InitializingBean, SmartInitializingSingleton, DisposableBean {

	/**
	 * A lookup that read the view before a change may fill the cache after the eviction;
	 * after this long it has.
	 */
	private static final long LOOKUP_MILLIS = 200;

	private final GossipCluster cluster;

	private final ObjectProvider<? extends CacheManager> caches;

	private final ZoneChanges zones;

	private final Executor later;

	/** None where caching is switched off. */
	private volatile List<? extends CacheManager> managers = List.of();

	private GossipCluster.Subscription subscription = () -> {
	};

	LoadBalancerCacheEvictor(GossipCluster cluster, ObjectProvider<? extends CacheManager> caches, ZoneChanges zones) {
		this(cluster, caches, zones, CompletableFuture.delayedExecutor(LOOKUP_MILLIS, TimeUnit.MILLISECONDS));
	}

	LoadBalancerCacheEvictor(GossipCluster cluster, ObjectProvider<? extends CacheManager> caches, ZoneChanges zones,
			Executor later) {
		this.cluster = cluster;
		this.caches = caches;
		this.zones = zones;
		this.later = later;
	}

	/** Subscribes before the listeners of the application, which may be slow. */
	@Override
	public void afterPropertiesSet() {
		this.subscription = this.cluster.subscribe(this);
		// told on the event loop, before the view is published
		this.zones.listener(() -> this.later.execute(this::evictAll));
	}

	@Override
	public void afterSingletonsInstantiated() {
		// not later, because an eviction may be due when the context is closed already
		this.managers = this.caches.stream().toList();
	}

	@Override
	public void destroy() {
		this.subscription.cancel();
		this.zones.listener(() -> {
		});
	}

	@Override
	public void onEvent(MembershipEvent event) {
		Set<String> services = new TreeSet<>();
		addService(services, event.member());
		if (event instanceof MembershipEvent.Updated updated) {
			addService(services, updated.previous());
		}
		services.forEach(this::evictNowAndLater);
	}

	private static void addService(Set<String> services, Member member) {
		String service = member.metadata().get(ServiceMetadata.SERVICE);
		if (service != null) {
			services.add(service);
		}
	}

	private void evictNowAndLater(String service) {
		evict(service);
		this.later.execute(() -> evict(service));
	}

	private void evictAll() {
		Set<String> services = new TreeSet<>();
		this.cluster.view().members().forEach((status) -> addService(services, status.member()));
		services.forEach(this::evict);
	}

	private void evict(String service) {
		this.managers.forEach((manager) -> {
			Cache cache = manager.getCache(CachingServiceInstanceListSupplier.SERVICE_INSTANCE_CACHE_NAME);
			if (cache != null) {
				cache.evictIfPresent(service);
			}
		});
	}

}
