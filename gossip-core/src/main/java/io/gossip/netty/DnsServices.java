package io.gossip.netty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

import io.gossip.GossipException.InvalidSetting;
import org.jspecify.annotations.Nullable;

/**
 * The SRV records of the domain name system, asked by the resolver of the JDK, which
 * keeps no answers. A question may block for some seconds.
 */
final class DnsServices implements SeedResolver.ServiceLookup {

	/** The name servers of the host. */
	static final String HOST_SERVERS = "dns:";

	/** The most records that are read; what a datagram can hold is far less. */
	static final int RECORDS_MAX = 4096;

	/** One after the other, and twice as long for the second time. */
	private static final String TIMEOUT_MILLIS = "1000";

	private static final String TRIES = "2";

	private static final Pattern RECORD = Pattern.compile("(\\d{1,5}) (\\d{1,5}) (\\d{1,5}) (\\S{1,255})");

	private final String servers;

	/** The services as certain name servers know them, by the URL of JNDI. */
	DnsServices(String servers) {
		this.servers = servers;
	}

	/** A host and a port, and how much it is wanted. */
	private record Service(int priority, int weight, SeedAddress address) {
	}

	/**
	 * The name is one of {@link SeedSource}, so it names no other provider of JNDI, and
	 * that of the DNS makes texts of what it reads, never objects.
	 */
	@Override
	@SuppressWarnings({ "BanJNDI", "JdkObsolete" }) // JNDI takes no other map
	public List<SeedAddress> services(String name) throws SeedResolver.NotFound {
		Hashtable<String, String> environment = new Hashtable<>();
		environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
		environment.put(Context.PROVIDER_URL, this.servers);
		environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
		environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
		try {
			InitialDirContext context = new InitialDirContext(environment);
			try {
				return services(context.getAttributes(name + ".", new String[] { "SRV" }).get("SRV"));
			}
			finally {
				context.close();
			}
		}
		catch (NameNotFoundException ex) {
			throw new SeedResolver.NotFound("the name does not exist", ex);
		}
		catch (NamingException ex) {
			throw new SeedResolver.NotFound(ex.getMessage(), ex);
		}
	}

	/** The best come first; that is all that priorities and weights mean for seeds. */
	private static List<SeedAddress> services(@Nullable Attribute records)
			throws NamingException, SeedResolver.NotFound {
		List<Service> services = new ArrayList<>();
		if (records != null) {
			NamingEnumeration<?> all = records.getAll();
			for (int i = 0; i < RECORDS_MAX && all.hasMore(); i++) {
				add(String.valueOf(all.next()), services);
			}
		}
		if (services.isEmpty()) {
			throw new SeedResolver.NotFound("there are no SRV records of use", null);
		}
		services.sort(Comparator.comparingInt(Service::priority).thenComparingInt((service) -> -service.weight()));
		return services.stream().map(Service::address).distinct().toList();
	}

	private static void add(String record, List<Service> services) {
		Matcher fields = RECORD.matcher(record);
		if (!fields.matches()) {
			return;
		}
		String target = fields.group(4);
		// A dot alone means that the service is not to be had.
		String host = target.endsWith(".") ? target.substring(0, target.length() - 1) : target;
		try {
			if (!host.isEmpty() && host.indexOf(':') < 0) {
				services.add(new Service(Integer.parseInt(fields.group(1)), Integer.parseInt(fields.group(2)),
						SeedAddress.parse(host + ":" + fields.group(3))));
			}
		}
		catch (InvalidSetting ex) {
			// A record with which nothing can be done is as good as none.
			return;
		}
	}

}
