package io.gossip.simulator;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DurationsTest {

	@ParameterizedTest
	@CsvSource({ "500us,500000", "200ms,200000000", "2s,2000000000", "5m,300000000000", "24h,86400000000000",
			"20d,1728000000000000", "1.5s,1500000000", "7ns,7" })
	void durationsAreReadAndWritten(String text, long nanos) {
		assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
		assertThat(Durations.parse(Durations.text(Duration.ofNanos(nanos)))).isEqualTo(Duration.ofNanos(nanos));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "ms", "-5s", "5 parsecs", "1.2.3s", "0.5ns", "99999999999999999999d" })
	void whatIsNoDurationIsToldWithAnExample(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text))
			.withMessageContaining("'" + text + "' is not a duration such as 500us");
	}

	@Test
	void virtualTimesHaveAllDigits() {
		assertThat(Durations.seconds(12_034_000_001L)).isEqualTo("12.034000001s");
	}

}
