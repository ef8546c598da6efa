package dev.callbus;

import dev.callbus.sandbox.twilio.PhoneEvent;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a call in the terminal: what is said as it is heard, and in grey what happens behind it. */
final class PhoneScreen {
    private static final String GREY = "\u001b[90m";
    private static final String BLUE = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean colours;
    private final List<Long> latencies = new ArrayList<>();
    private int prompts;
    private int interruptions;
    private boolean midLine;
    private @Nullable Long promptedAt;

    PhoneScreen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Shows something that happened on the line. */
    synchronized void show(PhoneEvent event) {
        switch (event) {
            case PhoneEvent.AgentHeard heard -> agent(heard.word());
            case PhoneEvent.AgentSpeaking speaking -> {
                if (!speaking.on()) {
                    endLine();
                }
            }
            case PhoneEvent.AgentInterrupted interrupted -> {
                interruptions++;
                if (midLine) {
                    out.print(" —");
                }
                endLine();
            }
            case PhoneEvent.PromptSent prompt -> {
                endLine();
                prompts++;
                promptedAt = System.nanoTime();
            }
            case PhoneEvent.AgentFrame frame -> firstWords(frame);
            case PhoneEvent.NotHeard lost -> note("the agent does not hear your " + lost.what() + " now");
            case PhoneEvent.Alert alert -> note("Twilio error " + alert.code() + ": " + alert.message());
            case PhoneEvent.Connected connected -> note("connected");
            case PhoneEvent.SessionEnded ended -> note("session " + ended.status() + reason(ended.handoffData()));
            case PhoneEvent.HandedOver handed -> note("handed over by <" + handed.verb() + "> to " + handed.to());
            case PhoneEvent.CallEnded ended -> note("call " + ended.status());
            case PhoneEvent.WebhookAnswered answered -> {
                if (answered.status() != 200) {
                    note(answered.path() + " answered HTTP " + answered.status());
                }
            }
        }
    }

    /** Shows what the caller says. */
    synchronized void caller(String words) {
        endLine();
        out.println("  you ▸ " + words);
    }

    /** Shows a text message on the caller's phone. */
    synchronized void message(String text) {
        endLine();
        out.println("  ✉ " + text);
    }

    /** Shows a remark in grey. */
    synchronized void note(String remark) {
        endLine();
        out.println(paint(GREY, "        · " + remark));
    }

    synchronized List<Long> latenciesMillis() {
        return List.copyOf(latencies);
    }

    synchronized int prompts() {
        return prompts;
    }

    synchronized int interruptions() {
        return interruptions;
    }

    private void agent(String words) {
        if (!midLine) {
            out.print(paint(BLUE, "agent ▸ "));
            midLine = true;
            out.print(words.stripLeading());
        } else {
            out.print(words);
        }
        out.flush();
    }

    private void endLine() {
        if (midLine) {
            out.println();
            midLine = false;
        }
    }

    private void firstWords(PhoneEvent.AgentFrame frame) {
        var asked = promptedAt;
        if (asked != null && !frame.frame().getString("token", "").isBlank()) {
            long millis = (System.nanoTime() - asked) / 1_000_000;
            promptedAt = null;
            latencies.add(millis);
            note("first words after " + millis + " ms");
        }
    }

    private static String reason(@Nullable String handoffData) {
        return handoffData == null ? "" : " " + handoffData;
    }

    private String paint(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }
}
