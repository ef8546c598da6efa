package dev.callbus.call;

import dev.callbus.bus.Sensitive;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.verify.Challenge;
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

    /** What it has of digits that were keyed for a code which is no longer awaited. */
    static final String KEYED_TOO_LATE = "The caller keyed some digits, but no code is awaited any more";

    private static final String MISKEYED = "The caller keyed some digits, but not as many as the code has";

    private final CodeEar ear = new CodeEar();
    private Standing standing = Standing.UNKNOWN;
    private int sendings;
    private boolean underway;
    private boolean lapsed;
    private int lapsedLength = USUAL_LENGTH;

    Standing standing() {
        return standing;
    }

    boolean isVerified(Instant now) {
        return standing.isVerified(now);
    }

    /** Whether digits that come now are those of a code. */
    boolean isExpectingCode() {
        return underway || sendings > 0;
    }

    int codeLength() {
        return standing.challenge() == null
                ? USUAL_LENGTH
                : standing.challenge().codeLength();
    }

    /** Whether a complete code is held that can be checked now. */
    boolean canCheck() {
        return standing.code() != null && underway && sendings == 0;
    }

    /** A code is being sent; the caller may have it before that is reported. */
    void sending() {
        sendings++;
    }

    /** One sending was reported; a code that came before it, or comes from another one, is awaited all the same. */
    void sent(boolean success) {
        sendings = Math.max(0, sendings - 1);
        underway |= success;
        forgetUnlessExpected();
    }

    private void noCodeComes() {
        underway = false;
        forgetUnlessExpected();
    }

    private void forgetUnlessExpected() {
        if (!isExpectingCode()) {
            ear.forget();
            standing = standing.withCode(null);
        }
    }

    /** What the conversation may have of something that the caller said; a complete code in it is held. */
    String hear(String utterance) {
        if (!isExpectingCode()) {
            return lapsed ? masked(utterance) : ear.mask(utterance);
        }
        var heard = ear.listen(utterance, codeLength());
        hold(heard.code());
        return heard.text();
    }

    /** The same for keys that were pressed, {@code 0-9 * #}. */
    String hearKeys(String keys) {
        if (lapsed && !isExpectingCode() && keys.replaceAll("[^0-9]", "").length() == lapsedLength) {
            return KEYED_TOO_LATE;
        }
        if (!isExpectingCode()) {
            return ear.mask(
                    "The caller keyed " + String.join(" ", keys.split("", -1)).strip());
        }
        var digits = keys.replaceAll("[^0-9]", "");
        ear.forget();
        hold(ear.listen(digits, codeLength()).code());
        return digits.length() == codeLength() ? KEYED : MISKEYED;
    }

    /** What the conversation may have of something that was said when no code can be tried any more: a real one may still come. */
    private String masked(String utterance) {
        var heard = ear.listen(utterance, lapsedLength);
        ear.forget();
        return heard.code() == null ? ear.mask(utterance) : heard.text();
    }

    /** Gives the held code away, to be checked: it is tried once. */
    Standing takeCode() {
        var before = standing;
        standing = standing.withCode(null);
        return before;
    }

    /**
     * Something became known. What several tools of one round find out may arrive in any order, so a challenge or a grant of
     * anybody but the customer of this moment is not taken.
     */
    void learn(ToolOutcome.Knowledge knowledge, Instant now) {
        switch (knowledge) {
            case ToolOutcome.Identified found -> identified(found, now);
            case ToolOutcome.Challenged(var challenge) -> challenged(challenge);
            case ToolOutcome.CodeUnderway perhaps -> underway = true;
            case ToolOutcome.Admitted(var grant) -> {
                if (isWith(grant.customer())) {
                    standing = standing.admitted(grant);
                    lapsed = false;
                    noCodeComes();
                }
            }
            case ToolOutcome.Concerns(var ticket) -> standing = standing.concerning(ticket);
        }
    }

    private void challenged(@Nullable Challenge challenge) {
        if (challenge == null) {
            lapsedLength = codeLength();
            lapsed = true;
            standing = standing.challenged(null);
            noCodeComes();
        } else {
            underway = true; // also one that is void here is on somebody's phone
            standing = isWith(challenge.customer()) ? standing.challenged(challenge) : standing;
        }
    }

    /** Who has proved who he is stays that, and whom the line belongs to may be looked up again without loss. */
    private void identified(ToolOutcome.Identified found, Instant now) {
        var customer = found.customer();
        boolean same = found.by() == Standing.Source.LINE
                && standing.source() == Standing.Source.LINE
                && customer != null
                && isWith(customer.sysId());
        if (!same && !standing.isVerified(now)) {
            standing = standing.identified(customer, found.by());
        }
    }

    private boolean isWith(String customer) {
        var present = standing.customer();
        return present != null && present.sysId().equals(customer);
    }

    private void hold(@Nullable Sensitive code) {
        if (code != null) {
            standing = standing.withCode(code);
        }
    }
}
