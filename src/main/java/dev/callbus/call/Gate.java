package dev.callbus.call;

import dev.callbus.bus.Sensitive;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a call knows of who is on the line, and the ear that keeps one-time codes out of everything else: a code that is
 * keyed or said stays here until it is checked, and history, transcript and model only ever see that there was one.
 */
final class Gate {
    /** Digits of a code as long as no challenge says it: what Twilio Verify sends by default. */
    private static final int USUAL_LENGTH = 6;

    /** What the conversation has in place of keyed digits. */
    private static final String KEYED = "The caller keyed the code";

    private static final String MISKEYED = "The caller keyed some digits, but not as many as the code has";

    private final CodeEar ear = new CodeEar();
    private Standing standing = Standing.UNKNOWN;
    private Sending sending = Sending.NONE;
    private boolean mayCome;

    Standing standing() {
        return standing;
    }

    boolean isVerified(Instant now) {
        return standing.isVerified(now);
    }

    /** Whether digits that come now are those of a code. */
    boolean isExpectingCode() {
        return sending != Sending.NONE;
    }

    int codeLength() {
        return standing.challenge() == null
                ? USUAL_LENGTH
                : standing.challenge().codeLength();
    }

    /** Whether a complete code is held that can be checked now. */
    boolean canCheck() {
        return standing.code() != null && sending == Sending.SENT;
    }

    /** A code is being sent; the caller may have it before that is reported. */
    void sending() {
        sending = Sending.RUNNING;
    }

    /** The sending was reported. */
    void sent(boolean success) {
        if (success) {
            sending = Sending.SENT;
        } else if (standing.challenge() == null && !mayCome) {
            noCodeComes();
        }
    }

    private void noCodeComes() {
        mayCome = false;
        sending = Sending.NONE;
        ear.forget();
    }

    /** What the conversation may have of something that the caller said; a complete code in it is held. */
    String hear(String utterance) {
        if (!isExpectingCode()) {
            return ear.mask(utterance);
        }
        var heard = ear.listen(utterance, codeLength());
        hold(heard.code());
        return heard.text();
    }

    /** The same for keys that were pressed, {@code 0-9 * #}. */
    String hearKeys(String keys) {
        if (!isExpectingCode()) {
            return ear.mask(
                    "The caller keyed " + String.join(" ", keys.split("", -1)).strip());
        }
        var digits = keys.replaceAll("[^0-9]", "");
        ear.forget();
        hold(ear.listen(digits, codeLength()).code());
        return digits.length() == codeLength() ? KEYED : MISKEYED;
    }

    /** Gives the held code away, to be checked: it is tried once. */
    Standing takeCode() {
        var before = standing;
        standing = standing.withCode(null);
        return before;
    }

    /** Something became known. */
    void learn(ToolOutcome.Knowledge knowledge, Instant now) {
        standing = switch (knowledge) {
            case ToolOutcome.Identified found -> identified(found, now);
            case ToolOutcome.Challenged(var challenge) -> {
                sending = challenge == null ? Sending.NONE : Sending.SENT;
                yield standing.challenged(challenge);
            }
            case ToolOutcome.CodeMayCome() -> {
                mayCome = true;
                sending = sending == Sending.NONE ? Sending.RUNNING : sending;
                yield standing;
            }
            case ToolOutcome.Admitted(var grant) -> {
                noCodeComes();
                yield standing.admitted(grant);
            }
            case ToolOutcome.Concerns(var ticket) -> standing.concerning(ticket);
        };
    }

    private Standing identified(ToolOutcome.Identified found, Instant now) {
        if (standing.isVerified(now)) {
            return standing; // who has proved who he is stays that
        }
        noCodeComes();
        return standing.identified(found.customer(), found.by());
    }

    private void hold(@Nullable Sensitive code) {
        if (code != null) {
            standing = standing.withCode(code);
        }
    }

    /** How far the sending of a code has come. */
    private enum Sending {
        NONE,
        RUNNING,
        SENT
    }
}
