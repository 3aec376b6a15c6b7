package io.gossip.boot.autoconfigure.cloud;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
 * not hide an event from it, one that blocks does not keep a failure from it, and it goes
 * on while the context closes, when requests are still being served.
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

	private final Outages outages;

	private final Executor later;

	private final AtomicBoolean isEvictionDue = new AtomicBoolean();

	/** None where caching is switched off. */
	private volatile List<? extends CacheManager> managers = List.of();

	private GossipCluster.Subscription subscription = () -> {
	};

	LoadBalancerCacheEvictor(GossipCluster cluster, ObjectProvider<? extends CacheManager> caches, Outages outages) {
		this(cluster, caches, outages, CompletableFuture.delayedExecutor(LOOKUP_MILLIS, TimeUnit.MILLISECONDS));
	}

	LoadBalancerCacheEvictor(GossipCluster cluster, ObjectProvider<? extends CacheManager> caches, Outages outages,
			Executor later) {
		this.cluster = cluster;
		this.caches = caches;
		this.outages = outages;
		this.later = later;
	}

	/** Subscribes before the listeners of the application, which may be slow. */
	@Override
	public void afterPropertiesSet() {
		this.subscription = this.cluster.subscribe(this);
		// told on the event loop, before the view is published
		this.outages.listener(this::evictAllLater);
	}

	@Override
	public void afterSingletonsInstantiated() {
		// not later, because an eviction may be due when the context is closed already
		this.managers = this.caches.stream().toList();
	}

	@Override
	public void destroy() {
		this.subscription.cancel();
		this.outages.listener(() -> {
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

	/** Once for all who fail together. */
	private void evictAllLater() {
		if (this.isEvictionDue.compareAndSet(false, true)) {
			this.later.execute(() -> {
				this.isEvictionDue.set(false);
				evictAll();
			});
		}
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
