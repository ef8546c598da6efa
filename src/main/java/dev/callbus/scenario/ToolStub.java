package dev.callbus.scenario;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a tool does in place of its work.
 *
 * @param returns JSON that the model is told as the result of a success; null lets the tool work
 * @param fails what the model is told of a failure; null lets it succeed
 * @param delay before either
 */
public record ToolStub(@Nullable String returns, @Nullable String fails, Duration delay) {

    /** The tool works. */
    static final ToolStub NONE = new ToolStub(null, null, Duration.ZERO);

    /** Whether nothing is different from what the tool does by itself. */
    public boolean isNothing() {
        return returns == null && fails == null && delay.isZero();
    }
}
