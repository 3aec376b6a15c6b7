package io.gossip;

import java.util.function.UnaryOperator;

/**
 * The settings of a node, immutable and validated: one record a concern, each with its
 * {@code DEFAULTS} and, for every component, a {@code with} method.
 *
 * @param node who the node is
 * @param transport sockets and sizes
 * @param join how the node finds the cluster
 * @param failureDetection how absence is noticed
 * @param dissemination how news spreads
 * @param antiEntropy how missed news is found
 * @param healing how a cut is overcome
 * @param leave how the node goes
 * @param limits what is bounded, and by how much
 */
public record GossipConfig(NodeSettings node, TransportSettings transport, JoinSettings join,
		FailureDetectionSettings failureDetection, DisseminationSettings dissemination, AntiEntropySettings antiEntropy,
		HealingSettings healing, LeaveSettings leave, LimitSettings limits) {

	/**
	 * The settings, or a {@link GossipException.InvalidSetting} if one breaks its rule.
	 */
	public GossipConfig {
		GossipConfigRules.check(node, transport, join, failureDetection, dissemination, antiEntropy, healing, leave,
				limits);
	}

	/** The settings that suit a local network. */
	public static GossipConfig defaults() {
		return builder().build();
	}

	/** A builder that starts from the defaults. */
	public static Builder builder() {
		return new Builder();
	}

	/** A builder that starts from these settings. */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.node = this.node;
		builder.transport = this.transport;
		builder.join = this.join;
		builder.failureDetection = this.failureDetection;
		builder.dissemination = this.dissemination;
		builder.antiEntropy = this.antiEntropy;
		builder.healing = this.healing;
		builder.leave = this.leave;
		builder.limits = this.limits;
		return builder;
	}

	/** A collector of settings: a function gets those so far and gives the new ones. */
	public static final class Builder {

		private NodeSettings node = NodeSettings.DEFAULTS;

		private TransportSettings transport = TransportSettings.DEFAULTS;

		private JoinSettings join = JoinSettings.DEFAULTS;

		private FailureDetectionSettings failureDetection = FailureDetectionSettings.DEFAULTS;

		private DisseminationSettings dissemination = DisseminationSettings.DEFAULTS;

		private AntiEntropySettings antiEntropy = AntiEntropySettings.DEFAULTS;

		private HealingSettings healing = HealingSettings.DEFAULTS;

		private LeaveSettings leave = LeaveSettings.DEFAULTS;

		private LimitSettings limits = LimitSettings.DEFAULTS;

		private Builder() {
		}

		/** Changes {@link GossipConfig#node()}. */
		public Builder node(UnaryOperator<NodeSettings> change) {
			this.node = change.apply(this.node);
			return this;
		}

		/** Changes {@link GossipConfig#transport()}. */
		public Builder transport(UnaryOperator<TransportSettings> change) {
			this.transport = change.apply(this.transport);
			return this;
		}

		/** Changes {@link GossipConfig#join()}. */
		public Builder join(UnaryOperator<JoinSettings> change) {
			this.join = change.apply(this.join);
			return this;
		}

		/** Changes {@link GossipConfig#failureDetection()}. */
		public Builder failureDetection(UnaryOperator<FailureDetectionSettings> change) {
			this.failureDetection = change.apply(this.failureDetection);
			return this;
		}

		/** Changes {@link GossipConfig#dissemination()}. */
		public Builder dissemination(UnaryOperator<DisseminationSettings> change) {
			this.dissemination = change.apply(this.dissemination);
			return this;
		}

		/** Changes {@link GossipConfig#antiEntropy()}. */
		public Builder antiEntropy(UnaryOperator<AntiEntropySettings> change) {
			this.antiEntropy = change.apply(this.antiEntropy);
			return this;
		}

		/** Changes {@link GossipConfig#healing()}. */
		public Builder healing(UnaryOperator<HealingSettings> change) {
			this.healing = change.apply(this.healing);
			return this;
		}

		/** Changes {@link GossipConfig#leave()}. */
		public Builder leave(UnaryOperator<LeaveSettings> change) {
			this.leave = change.apply(this.leave);
			return this;
		}

		/** Changes {@link GossipConfig#limits()}. */
		public Builder limits(UnaryOperator<LimitSettings> change) {
			this.limits = change.apply(this.limits);
			return this;
		}

		/** The settings, checked as in {@link GossipConfig}. */
		public GossipConfig build() {
			return new GossipConfig(this.node, this.transport, this.join, this.failureDetection, this.dissemination,
					this.antiEntropy, this.healing, this.leave, this.limits);
		}

	}

}
