package dev.callbus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
    private final Samples samples = new Samples();

    @Test
    void answersNearestRankPercentilesInMilliseconds() {
        for (var millis = 2000; millis >= 1; millis--) samples.add(millis * 1_000_000L);

        assertThat(samples.count()).isEqualTo(2000);
        assertThat(samples.quantileMillis(0.5)).isEqualTo(1000);
        assertThat(samples.quantileMillis(0.95)).isEqualTo(1900);
        assertThat(samples.quantileMillis(0.99)).isEqualTo(1980);
        assertThat(samples.quantileMillis(1)).isEqualTo(2000);
        assertThat(samples.quantileMillis(0)).isEqualTo(1);
    }

    @Test
    void sortsAgainWhatIsAddedAfterAnAnswer() {
        samples.add(5_000_000);
        assertThat(samples.quantileMillis(1)).isEqualTo(5);

        samples.add(9_000_000);
        samples.add(1_000_000);

        assertThat(samples.quantileMillis(0.5)).isEqualTo(5);
        assertThat(samples.quantileMillis(1)).isEqualTo(9);
    }

    @Test
    void takesTheExpectedTimeOffTheWholeSpread() {
        samples.add(201_500_000);
        samples.add(203_250_100);

        assertThat(samples.spread(200)).isEqualTo(new Spread(2, 1.5, 3.25, 3.25, 3.25));
    }

    @Test
    void isZeroWithoutSamples() {
        samples.add(1);
        samples.clear();

        assertThat(samples.quantileMillis(0.5)).isNaN();
        assertThat(samples.spread(200)).isEqualTo(new Spread(0, 0, 0, 0, 0));
    }
}
