package io.gossip.boot.autoconfigure.context;

/**
 * The keys of metadata by which members find each other's services. Each is added unless
 * the application sets it itself.
 */
public final class ServiceMetadata {

	/** The name of the service, {@code spring.application.name} unless given. */
	public static final String SERVICE = "service";

	/**
	 * The host that serves requests, where it is not the one that gossips; never added.
	 */
	public static final String HTTP_HOST = "http.host";

	/** The port of the web server. */
	public static final String HTTP_PORT = "http.port";

	/** Whether the web server speaks TLS; absent for no. */
	public static final String SECURE = "http.secure";

	/** Whether requests are wanted: absent or {@code UP} for yes. */
	public static final String STATUS = "service.status";

	private ServiceMetadata() {
	}

}
