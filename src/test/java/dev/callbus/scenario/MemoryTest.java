package dev.callbus.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What stands for names in braces. */
class MemoryTest {
    private final Memory memory = new Memory();

    @Test
    void whatIsRememberedIsFilledIn() {
        memory.rememberCode("code", "1290");
        assertThat(memory.fill("{code}, {code:spaced}, {code:wrong}, {other}"))
                .isEqualTo("1290, 1 2 9 0, 2301, {other}");
    }

    @Test
    void inAnExpressionItStandsForItself() {
        memory.remember("what", "a.c");
        assertThat("abc").doesNotMatch(memory.fillExpression("{what}"));
        assertThat("a.c").matches(memory.fillExpression("{what}"));
    }

    @Test
    void codesAreDots() {
        memory.rememberCode("code", "1290");
        memory.remember("name", "Alex");
        assertThat(memory.masked("Alex says 1290 or 1 2 9 0")).isEqualTo("Alex says •••• or •");
    }
}
