package dev.callbus.llm.dialog;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelChoice;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import dev.callbus.llm.dialog.flow.OtherBot;
import dev.callbus.tool.ToolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A conversation with the dialog model, whose tools are stubs. */
final class Chat {
    private static @Nullable DialogBook book;

    final List<ChatMessage> history = new ArrayList<>();
    final List<ToolCall> calls = new ArrayList<>();
    private final Map<String, Function<ToolCall, String>> tools = new LinkedHashMap<>();
    private final DialogModel model;
    private final String flow;
    List<DialogReply.Option> options = List.of();

    @Nullable
    OtherBot transfer;

    Chat(String flow) {
        this(book(), flow);
    }

    Chat(DialogBook book, String flow) {
        this.model = new DialogModel(book, flow);
        this.flow = flow;
    }

    static synchronized DialogBook book() {
        if (book == null) {
            try {
                book = DialogBook.load(Path.of("assets/dialogs"), ToolRegistry.known());
            } catch (DialogException e) {
                throw new IllegalStateException(e);
            }
        }
        return book;
    }

    /** The shipped book with one thing of a flow file changed. */
    static DialogBook changed(String file, String before, String after) {
        try {
            var directory = Files.createTempDirectory("dialogs");
            try (var files = Files.list(Path.of("assets/dialogs"))) {
                for (var from : files.toList()) {
                    var text = Files.readString(from);
                    var name = String.valueOf(from.getFileName());
                    if (name.equals(file) && !text.contains(before)) {
                        throw new IllegalArgumentException(before + " is not in " + file);
                    }
                    Files.writeString(directory.resolve(name), name.equals(file) ? text.replace(before, after) : text);
                }
            }
            return DialogBook.load(directory, ToolRegistry.known());
        } catch (IOException | DialogException e) {
            throw new IllegalStateException(e);
        }
    }

    Chat tool(String name, Function<ToolCall, String> result) {
        tools.put(name, result);
        return this;
    }

    Chat tool(String name, String result) {
        return tool(name, call -> result);
    }

    Chat withoutTool(String name) {
        tools.remove(name);
        return this;
    }

    List<ToolSpec> specs() {
        return tools.keySet().stream().map(name -> new ToolSpec(name, "", "{}")).toList();
    }

    DialogReply reply() {
        return model.reply(new LlmProtocol.Generate("CA1", history, specs(), new ModelChoice(null, flow)));
    }

    /** What is said when the caller says this, after all tools that are called on it have returned. */
    String caller(String words) {
        history.add(new ChatMessage.Caller(words));
        return answer();
    }

    /** The answer to the history as it is. */
    String answer() {
        var said = new ArrayList<String>();
        for (int round = 0; round < 8; round++) {
            var reply = reply();
            history.add(new ChatMessage.Assistant(reply.spoken(), reply.calls(), null));
            said.addAll(reply.messages());
            options = reply.options();
            transfer = reply.transfer();
            calls.addAll(reply.calls());
            for (var call : reply.calls()) {
                var tool = tools.get(call.name());
                if (tool == null) {
                    throw new AssertionError("called a tool that was not offered: " + call.name());
                }
                history.add(new ChatMessage.ToolResult(call.id(), call.name(), tool.apply(call)));
            }
            if (reply.calls().isEmpty()) {
                return String.join("\n", said);
            }
        }
        throw new AssertionError("calls tools without end: " + calls);
    }

    /** The call checks a code by itself, and the model goes on from the result. */
    String keysCode(String result) {
        history.add(new ChatMessage.Caller("The caller keyed the code"));
        var id = "check-" + history.size();
        history.add(new ChatMessage.Assistant("", List.of(new ToolCall(id, "check-verification", "{}", null)), null));
        history.add(new ChatMessage.ToolResult(id, "check-verification", result));
        return answer();
    }

    /** The agent's last words were cut here. */
    Chat cutAfter(String heard) {
        history.removeLast();
        if (!heard.isEmpty()) {
            history.add(new ChatMessage.Assistant(heard, List.of(), null));
        }
        return this;
    }

    ToolCall lastCall() {
        return calls.getLast();
    }
}
