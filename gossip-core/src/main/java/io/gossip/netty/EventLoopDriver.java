package io.gossip.netty;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.NodeId;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.engine.GossipEngine;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The single writer of one engine. It turns what happens on the event loop into inputs,
 * and after each input, in this order: sends what was written, publishes the view, hands
 * over the events, tells of a new phase, and arms the next wake-up.
 *
 * <p>
 * Inputs never nest: what the endpoints report while a step runs follows it as a task of
 * its own. An exception out of the engine is a broken invariant, and ends the node.
 */
final class EventLoopDriver implements Inbound {

	private static final long EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final EventLoop loop;

	private final ProtocolObserver observer;

	private final EventDispatcher dispatcher;

	private final MessageDispatcher messages;

	private final Watcher watcher;

	private @Nullable Core core;

	private boolean stepping;

	private boolean closed;

	private @Nullable Throwable failureInStep;

	private @Nullable ScheduledFuture<?> wakeUp;

	private int incarnation;

	private int contentVersion;

	private long armedNanos = GossipEngine.NO_DEADLINE;

	EventLoopDriver(EventLoop loop, ProtocolObserver observer, EventDispatcher dispatcher, MessageDispatcher messages,
			Watcher watcher) {
		this.loop = loop;
		this.observer = observer;
		this.dispatcher = dispatcher;
		this.messages = messages;
		this.watcher = watcher;
	}

	/** What is told of the life of a node, on the event loop. */
	interface Watcher {

		/** The node is in another phase. */
		void onPhase(ClusterPhase phase);

		/** The incarnation or the content version of the node has grown. */
		void onVersions(int incarnation, int contentVersion);

		/** The node has ended by an exception, and its sockets are closed. */
		void onFailure(Throwable failure);

	}

	/** An input that carries no bytes. */
	private interface Input {

		void apply(GossipEngine engine, long nowNanos);

	}

	/** What the driver drives; there is none before {@link #open} and after the end. */
	private record Core(GossipEngine engine, DriverEffects effects, PublishedState published) {
	}

	void open(GossipEngine engine, DriverEffects effects, PublishedState published) {
		this.core = new Core(engine, effects, published);
	}

	void join(List<Address> seeds) {
		input((engine, nowNanos) -> engine.join(nowNanos, seeds));
	}

	void leave() {
		input((engine, nowNanos) -> engine.leave(nowNanos));
	}

	void updateMetadata(SortedMap<String, String> metadata) {
		input((engine, nowNanos) -> engine.updateMetadata(nowNanos, metadata));
	}

	void announcePause(Duration pause) {
		input((engine, nowNanos) -> engine.announcePause(nowNanos, pause.toNanos()));
	}

	void broadcast(byte[] body, MessageResult result) {
		message(result, (running, nowNanos) -> {
			DropReason reason = running.engine.broadcast(nowNanos, body);
			if (reason == null) {
				result.accept();
			}
			else {
				result.refuse(reason);
			}
		});
	}

	void send(NodeId target, byte[] body, MessageResult result) {
		message(result, (running, nowNanos) -> {
			running.effects.expectFrame(result);
			DropReason reason = running.engine.send(nowNanos, target, body);
			if (reason != null) {
				running.effects.expectFrame(null);
				result.refuse(reason);
			}
		});
	}

	/**
	 * Hands a message to the engine; its result is settled even if the node has ended by
	 * then.
	 */
	private void message(MessageResult result, ObjLongConsumer<Core> input) {
		Core running = this.core;
		if (this.stepping) {
			this.loop.execute(() -> message(result, input));
			return;
		}
		if (running != null) {
			input((engine, nowNanos) -> input.accept(running, nowNanos));
		}
		if (this.closed || running == null) {
			result.lose("the node has stopped");
		}
	}

	@Override
	public void onDatagram(Address from, byte[] buffer, int offset, int length) {
		Core running = enter();
		if (running == null) {
			return;
		}
		try {
			running.engine.onDatagram(System.nanoTime(), from, buffer, offset, length);
			settle(running);
		}
		catch (Throwable ex) {
			fail(ex);
		}
		finally {
			this.stepping = false;
		}
	}

	@Override
	public void onFrame(Address from, byte[] buffer, int offset, int length) {
		Core running = enter();
		if (running == null) {
			return;
		}
		try {
			running.engine.onFrame(System.nanoTime(), from, buffer, offset, length);
			settle(running);
		}
		catch (Throwable ex) {
			fail(ex);
		}
		finally {
			this.stepping = false;
		}
	}

	@Override
	public void onUnreachable(Address to, UnreachableReason why) {
		input((engine, nowNanos) -> engine.onUnreachable(nowNanos, to, why));
	}

	@Override
	public void onWritable(boolean writable) {
		input((engine, nowNanos) -> engine.onWritable(nowNanos, writable));
	}

	@Override
	public void onDropped(DropReason reason) {
		if (this.closed) {
			return;
		}
		try {
			this.observer.onDropped(reason);
		}
		catch (Throwable ex) {
			if (this.stepping) {
				this.failureInStep = ex;
			}
			else {
				fail(ex);
			}
		}
	}

	private void onWakeUp() {
		this.wakeUp = null;
		this.armedNanos = GossipEngine.NO_DEADLINE;
		input((engine, nowNanos) -> engine.onTimer(nowNanos));
	}

	private void input(Input input) {
		if (this.stepping) {
			this.loop.execute(() -> input(input));
			return;
		}
		Core running = enter();
		if (running == null) {
			return;
		}
		try {
			input.apply(running.engine, System.nanoTime());
			settle(running);
		}
		catch (Throwable ex) {
			fail(ex);
		}
		finally {
			this.stepping = false;
		}
	}

	/** Begins a step, unless the node is not there to make it. */
	private @Nullable Core enter() {
		if (!this.loop.inEventLoop()) {
			throw new IllegalStateException(
					"only the event loop may touch the engine, not " + Thread.currentThread().getName());
		}
		if (this.closed || this.core == null) {
			return null;
		}
		if (this.stepping) {
			throw new IllegalStateException("a step is running already");
		}
		this.stepping = true;
		return this.core;
	}

	private void settle(Core running) {
		if (this.failureInStep != null) {
			fail(this.failureInStep);
		}
		if (this.closed) {
			return;
		}
		running.effects.flush();
		boolean newPhase = running.published.publish(running.engine);
		running.effects.deliverTo(this.dispatcher);
		for (int lost = running.effects.deliverTo(this.messages); lost > 0; lost--) {
			this.observer.onDropped(DropReason.MESSAGE_QUEUE_FULL);
		}
		tellVersions(running.engine);
		if (newPhase) {
			this.watcher.onPhase(running.published.phase());
		}
		arm(running.engine.nextDeadline());
	}

	private void tellVersions(GossipEngine engine) {
		int newContentVersion = engine.self().contentVersion();
		if (engine.incarnation() != this.incarnation || newContentVersion != this.contentVersion) {
			this.incarnation = engine.incarnation();
			this.contentVersion = newContentVersion;
			this.watcher.onVersions(this.incarnation, this.contentVersion);
		}
	}

	/**
	 * Arms the one wake-up anew if it would come too late, or so early that it would be
	 * for nothing: a thread that wakes up costs far more than a timer that is moved. One
	 * that is only a little early is harmless.
	 */
	private void arm(long deadlineNanos) {
		if (this.closed || deadlineNanos == GossipEngine.NO_DEADLINE) {
			return;
		}
		if (this.wakeUp != null) {
			long later = deadlineNanos - this.armedNanos;
			if (later >= 0 && later < EARLY_NANOS) {
				return;
			}
			this.wakeUp.cancel(false);
		}
		long delay = Math.max(0, deadlineNanos - System.nanoTime());
		this.armedNanos = deadlineNanos;
		this.wakeUp = this.loop.schedule(this::onWakeUp, delay, TimeUnit.NANOSECONDS);
	}

	private void fail(Throwable failure) {
		Core running = this.core;
		if (this.closed || running == null) {
			return;
		}
		end(running);
		running.published.fail(failure);
		this.watcher.onFailure(failure);
	}

	/** Closes the sockets and disarms; nothing happens to the engine any more. */
	void close() {
		Core running = this.core;
		if (!this.closed && running != null) {
			end(running);
			running.published.stop();
		}
		this.closed = true;
	}

	private void end(Core running) {
		this.closed = true;
		if (this.wakeUp != null) {
			this.wakeUp.cancel(false);
			this.wakeUp = null;
		}
		running.effects.close();
	}

}
