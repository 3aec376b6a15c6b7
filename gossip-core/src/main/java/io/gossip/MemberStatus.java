package io.gossip;

/**
 * A member as one observer holds it.
 *
 * @param member what the member says of itself
 * @param state what the observer holds of it
 * @param incarnation the incarnation that the state belongs to
 */
public record MemberStatus(Member member, MemberState state, long incarnation) {
}
