package io.gossip.boot.autoconfigure.cloud;

import org.springframework.cloud.client.serviceregistry.AbstractAutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationProperties;
import org.springframework.context.ApplicationContext;

/**
 * The registration of this node when its web server has started, which is before the node
 * itself does. The management server is not a service of its own.
 */
public class GossipAutoServiceRegistration extends AbstractAutoServiceRegistration<GossipRegistration> {

	private final AutoServiceRegistrationProperties properties;

	private final GossipRegistration registration;

	/**
	 * A registration on start.
	 * @param context where its events go
	 * @param registry what it registers with
	 * @param properties whether it does
	 * @param registration what it registers
	 */
	public GossipAutoServiceRegistration(ApplicationContext context, GossipServiceRegistry registry,
			AutoServiceRegistrationProperties properties, GossipRegistration registration) {
		super(context, registry, properties);
		this.properties = properties;
		this.registration = registration;
	}

	@Override
	@SuppressWarnings("deprecation") // abstract there, and still called
	protected Object getConfiguration() {
		return this.properties;
	}

	@Override
	protected boolean isEnabled() {
		return this.properties.isEnabled();
	}

	@Override
	protected GossipRegistration getRegistration() {
		return this.registration;
	}

	@Override
	protected GossipRegistration getManagementRegistration() {
		return this.registration;
	}

	@Override
	protected void registerManagement() {
	}

	@Override
	protected void deregisterManagement() {
	}

}
