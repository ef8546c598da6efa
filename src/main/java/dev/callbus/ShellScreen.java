package dev.callbus;

import dev.callbus.llm.dialog.DialogReply;
import dev.callbus.llm.dialog.flow.OtherBot;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Shows a conversation in the terminal as Rasa's shell does: answers indented, menus as numbered choices. */
final class ShellScreen {
    private static final String INDENT = "    ";
    private static final String PROMPT = "Your input -> ";
    private static final String LINE_UP = "\u001b[1A\r\u001b[2K";

    private final PrintStream out;
    private final boolean typing;
    private List<DialogReply.Option> menu = List.of();
    private boolean asking;

    /** @param typing whether the terminal shows by itself what is typed */
    ShellScreen(PrintStream out, boolean typing) {
        this.out = out;
        this.typing = typing;
    }

    /** Says how it goes. */
    synchronized void begin() {
        out.println("Bot loaded. Type a message and press enter (use '/stop' to exit):");
    }

    /** Asks for a line. */
    synchronized void prompt() {
        asking = true;
        // Free text stands one blank further right than a choice.
        out.print(menu.isEmpty() ? PROMPT + " " : PROMPT);
        out.flush();
    }

    /** Takes a line that was typed, and returns what it says: what it chooses from the menu, or its own words. */
    synchronized String typed(String line) {
        asking = false;
        var choice = menu.stream()
                .filter(option -> line.equals(option.key()) || line.equals(drawn(option)))
                .findFirst();
        var shown = choice.map(ShellScreen::drawn).orElse(line);
        if (!typing) {
            out.println(shown);
        } else if (choice.isPresent()) {
            out.println(LINE_UP + PROMPT + shown);
        }
        return choice.map(DialogReply.Option::payload).orElse(line);
    }

    /**
     * Shows an answer.
     *
     * @param text all of it
     * @param replies what of it the rules answered; where the text has that, its messages and its menu are shown instead
     */
    synchronized void answer(String text, List<DialogReply> replies) {
        menu = List.of();
        var rest = text;
        for (var reply : replies) {
            if (reply.spoken().isBlank()) {
                continue;
            }
            var found = Pattern.compile(spokenAnyhow(reply.spoken())).matcher(rest);
            if (found.find()) {
                lines(rest.substring(0, found.start()));
                reply(reply);
                rest = rest.substring(found.end());
            }
        }
        lines(rest);
    }

    /** Shows whom the conversation goes on with, for people and, as Rasa's clients read it, for programs. */
    synchronized void transfer(OtherBot bot) {
        lines("Switching to " + bot.title() + " at " + bot.url());
        out.println(new JsonObject()
                .put("handoff_host", bot.url())
                .put("title", bot.title())
                .encode());
    }

    /** Shows a text message that reached somebody's phone meanwhile. */
    synchronized void message(String number, String text) {
        if (asking) {
            out.println();
        }
        lines("✉ " + number + ": " + text);
        if (asking) {
            prompt();
        }
    }

    private void reply(DialogReply reply) {
        menu = reply.options();
        for (int i = 0; i < reply.messages().size(); i++) {
            boolean asks = !menu.isEmpty() && i == reply.messages().size() - 1;
            lines((asks ? "? " : "") + reply.messages().get(i));
        }
        menu.forEach(option -> lines(drawn(option)));
    }

    private void lines(String text) {
        text.lines().filter(line -> !line.isBlank()).forEach(line -> out.println(INDENT + line));
    }

    private static String drawn(DialogReply.Option option) {
        return option.key() + ": " + option.label() + " (" + option.payload() + ")";
    }

    /** The words in this order, whatever white space is between them. */
    private static String spokenAnyhow(String spoken) {
        return Pattern.compile("\\s+")
                .splitAsStream(spoken.strip())
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+"));
    }
}
