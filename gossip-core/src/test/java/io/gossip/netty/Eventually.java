package io.gossip.netty;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.fail;

/** A wait for a condition, with an end that only a broken program reaches. */
final class Eventually {

	static final Duration LIMIT = Duration.ofSeconds(30);

	private Eventually() {
	}

	static void eventually(String claim, BooleanSupplier condition) {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - end > 0) {
				fail("not within " + LIMIT.toSeconds() + " s: " + claim);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

	static <T> T result(CompletionStage<T> stage) throws Exception {
		return stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

}
