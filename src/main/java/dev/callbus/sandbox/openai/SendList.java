package dev.callbus.sandbox.openai;

import dev.callbus.sandbox.openai.Fault.AfterTokens;
import dev.callbus.sandbox.openai.Fault.BeforeHeaders;
import dev.callbus.sandbox.openai.Fault.Point;
import dev.callbus.sandbox.openai.Step.Send;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The server-sent events of one answer in the making: their pace, their lines, and where the limit of tokens cuts them. */
final class SendList {
    private final Cue cue;
    private final int maxTokens;
    private final String lineEnd;
    private final List<Send> sends = new ArrayList<>();
    private int wanted;

    SendList(Cue cue, int maxTokens) {
        this.cue = cue;
        this.maxTokens = maxTokens;
        this.lineEnd = cue.has(Quirk.CRLF) ? "\r\n" : "\n";
    }

    /** Adds an event that carries one token, unless the limit is reached; says whether it was added. */
    boolean token(String record) {
        boolean fits = wanted < maxTokens;
        if (fits) {
            add(wanted == 0 ? Duration.ZERO : cue.manner().pace().token(), record, 1);
        }
        wanted++;
        return fits;
    }

    /** Adds an event that carries no token. */
    void event(Duration after, String record) {
        add(after, record, 0);
    }

    /** How many tokens fit. */
    int sent() {
        return Math.min(wanted, maxTokens);
    }

    /** Whether the limit cut something. */
    boolean isCut() {
        return wanted > maxTokens;
    }

    /** All events and then this end. */
    List<Step> then(Step end) {
        var steps = new ArrayList<Step>(sends);
        steps.add(end);
        return steps;
    }

    /** The events up to this point and then this end. */
    List<Step> broken(Point point, Step end) {
        int limit = switch (point) {
            case BeforeHeaders before -> 0;
            case AfterTokens after -> after.count();
        };
        var steps = new ArrayList<Step>();
        int sent = 0;
        for (Send send : sends) {
            sent += send.tokens();
            if (sent > limit) {
                break;
            }
            steps.add(send);
        }
        steps.add(end);
        return steps;
    }

    /** The lines of one record are written with LF and sent as the script wants them. */
    private void add(Duration after, String record, int tokens) {
        String comment = cue.has(Quirk.COMMENTS) ? ": keep-alive\n\n" : "";
        sends.add(new Send(after, (comment + record + "\n\n").replace("\n", lineEnd), tokens));
    }
}
