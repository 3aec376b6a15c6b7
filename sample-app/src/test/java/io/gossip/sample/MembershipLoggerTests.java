package io.gossip.sample;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.Zone;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/** The listeners that users copy. */
class MembershipLoggerTests {

	private static final Member MEMBER = new Member(NodeId.ofName("sample", "node-9"), 1, "node-9",
			Address.ofIpv4(0x7F000001, 7946), Zone.NONE, Collections.emptySortedMap(), 1, 1, 1);

	private static final Address RIVAL = Address.ofIpv4(0x7F000001, 7947);

	private final Logger logger = (Logger) LoggerFactory.getLogger(MembershipLogger.class);

	private final @Nullable Level levelBefore = this.logger.getLevel();

	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

	@BeforeEach
	void listenToTheLogger() {
		this.logger.setLevel(Level.INFO);
		this.logged.start();
		this.logger.addAppender(this.logged);
	}

	@AfterEach
	void leaveTheLoggerAsItWas() {
		this.logger.detachAppender(this.logged);
		this.logger.setLevel(this.levelBefore);
	}

	@Test
	void everyKindOfEventHasItsListener() {
		Set<String> kinds = names(Arrays.stream(MembershipEvent.class.getPermittedSubclasses()));
		Set<String> listenedTo = names(Arrays.stream(MembershipLogger.class.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(EventListener.class))
			.map((method) -> method.getParameterTypes()[0]));
		assertThat(kinds).hasSize(7);
		assertThat(listenedTo).isEqualTo(kinds);
	}

	@ParameterizedTest
	@MethodSource("events")
	void everyEventIsLoggedWithItsMember(MembershipEvent event, String words) {
		new ApplicationContextRunner().withBean(MembershipLogger.class).run((context) -> context.publishEvent(event));
		assertThat(this.logged.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage, InstanceOfAssertFactories.STRING)
			.contains("node-9 (127.0.0.1:7946)", words);
	}

	static List<Object[]> events() {
		Member restarted = new Member(MEMBER.id(), 2, MEMBER.name(), MEMBER.address(), MEMBER.zone(), MEMBER.metadata(),
				2, 1, 1);
		return List.of(new Object[] { new MembershipEvent.Joined(MEMBER, 4), "joined, incarnation 4" },
				new Object[] { new MembershipEvent.Suspected(MEMBER, 4, MEMBER.id()), "is suspected" },
				new Object[] { new MembershipEvent.Recovered(MEMBER, 5), "recovered, incarnation 5" },
				new Object[] { new MembershipEvent.Failed(MEMBER, 5, null, 0, Duration.ofMillis(321)),
						"failed after 321 ms" },
				new Object[] { new MembershipEvent.Left(MEMBER, 5), "left" },
				new Object[] { new MembershipEvent.Conflicted(MEMBER, 5, RIVAL), "see 127.0.0.1:7947" },
				new Object[] { new MembershipEvent.Updated(restarted, 6, MEMBER), "was restarted" });
	}

	private static Set<String> names(Stream<Class<?>> types) {
		return types.map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
	}

}
