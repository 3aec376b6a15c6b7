package io.gossip.boot.autoconfigure.context;

import io.gossip.GossipCluster;
import io.gossip.Member;
import io.gossip.MembershipEvent;

import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.ResolvableType;

/**
 * A membership event as an application event. An {@code @EventListener} may ask for the
 * core record ({@link MembershipEvent.Failed}), for the sealed {@link MembershipEvent},
 * or for this type: {@code MembershipApplicationEvent<MembershipEvent.Failed>}, or
 * {@code MembershipApplicationEvent<?>} for all.
 *
 * @param <T> the type of the membership event
 */
public class MembershipApplicationEvent<T extends MembershipEvent> extends PayloadApplicationEvent<T> {

	private static final long serialVersionUID = 1L;

	/**
	 * An event.
	 * @param cluster the node that saw it
	 * @param payload what has changed
	 */
	public MembershipApplicationEvent(GossipCluster cluster, T payload) {
		super(cluster, payload, ResolvableType.forClass(payload.getClass()));
	}

	/** The node that saw the change. */
	public GossipCluster getCluster() {
		return (GossipCluster) getSource();
	}

	/** The member that the change is about. */
	public Member getMember() {
		return getPayload().member();
	}

}
