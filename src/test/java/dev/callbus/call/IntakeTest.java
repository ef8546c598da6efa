package dev.callbus.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.tool.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final Gate gate = new Gate();
    private final Intake intake = new Intake(gate, Duration.ofSeconds(2));
    private final List<CallEffect> effects = new ArrayList<>();

    private Optional<String> press(String keys) {
        Optional<String> input = Optional.empty();
        for (int i = 0; i < keys.length(); i++) {
            input = intake.key(keys.substring(i, i + 1), effects);
        }
        return input;
    }

    @Test
    void takesNoInputFromAHashThatClosesACompleteCode() {
        gate.sending();
        gate.sent(true);

        assertThat(press("123456")).contains("The caller keyed the code");
        assertThat(press("#")).isEmpty();
        assertThat(intake.isCollecting()).isFalse();
    }

    @Test
    void takesAHashByItselfAsAnInput() {
        assertThat(press("#")).contains("The caller keyed #");
    }

    @Test
    void hidesACodeThatIsKeyedOrSaidWhenNoneCanBeTriedAnyMore() {
        gate.sending();
        gate.sent(true);
        gate.learn(new ToolOutcome.Challenged(null), Instant.EPOCH);

        assertThat(press("123456#")).contains(Gate.KEYED_TOO_LATE);
        assertThat(intake.words("It is 1 2 3 4 5 6", effects)).doesNotContainPattern("[0-9]");
        assertThat(intake.words("What about INC0010001?", effects)).isEqualTo("What about INC0010001?");
    }
}
