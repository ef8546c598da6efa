package dev.callbus.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.callbus.config.LlmSettings;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the body of a Responses request for one provider.
 *
 * <p>Source: developers.openai.com/api/reference/resources/responses/methods/create
 */
final class ResponsesRequest {
    private final ObjectMapper mapper;
    private final LlmSettings.Provider provider;

    ResponsesRequest(ObjectMapper mapper, LlmSettings.Provider provider) {
        this.mapper = mapper;
        this.provider = provider;
    }

    Buffer body(LlmProtocol.Generate request) {
        var body = mapper.createObjectNode()
                .put("model", request.model().modelOr(provider.model()))
                .put("stream", true)
                // The vendor's own default is to keep what callers say for a month.
                .put("store", false);
        body.putObject("stream_options").put("include_obfuscation", false);
        if (provider.maxTokens() != null) {
            body.put("max_output_tokens", provider.maxTokens());
        }
        if (provider.temperature() != null) {
            body.put("temperature", provider.temperature());
        }
        if (provider.reasoningEffort() != null) {
            body.putObject("reasoning").put("effort", provider.reasoningEffort());
            body.putArray("include").add("reasoning.encrypted_content");
        }
        var messages = request.messages();
        int begin = instructions(messages);
        if (begin > 0) {
            body.put("instructions", joined(messages.subList(0, begin)));
        }
        var input = body.putArray("input");
        messages.subList(begin, messages.size()).forEach(message -> add(input, message));
        if (!request.tools().isEmpty()) {
            var tools = body.putArray("tools");
            request.tools().forEach(tool -> add(tools, tool));
        }
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the request cannot be written", e);
        }
    }

    /**
     * How many messages at the beginning are instructions; later ones are notes whose place in the conversation matters. The
     * last message is never counted: the input may not be empty.
     */
    private static int instructions(List<ChatMessage> messages) {
        int count = 0;
        while (count < messages.size() - 1 && messages.get(count) instanceof ChatMessage.Instructions) {
            count++;
        }
        return count;
    }

    private static String joined(List<ChatMessage> instructions) {
        return instructions.stream()
                .map(each -> each instanceof ChatMessage.Instructions(var text) ? text : "")
                .collect(Collectors.joining("\n\n"));
    }

    private void add(ArrayNode input, ChatMessage message) {
        switch (message) {
            case ChatMessage.Instructions note ->
                input.addObject().put("role", provider.systemRole()).put("content", note.text());
            case ChatMessage.Caller caller ->
                input.addObject().put("role", "user").put("content", caller.text());
            case ChatMessage.Assistant assistant -> add(input, assistant);
            case ChatMessage.ToolResult result ->
                input.addObject()
                        .put("type", "function_call_output")
                        .put("call_id", result.callId())
                        .put("output", result.content());
        }
    }

    private void add(ArrayNode input, ChatMessage.Assistant assistant) {
        var echo = Echo.read(mapper, provider.name(), assistant.extra());
        input.addAll(echo.reasoning());
        if (!assistant.text().isEmpty()) {
            var json = input.addObject().put("role", "assistant").put("content", assistant.text());
            if (echo.phase() != null) {
                json.put("phase", echo.phase());
            }
        }
        assistant.calls().forEach(call -> add(input, call));
    }

    private void add(ArrayNode input, ToolCall call) {
        input.addAll(Echo.read(mapper, provider.name(), call.extra()).reasoning());
        input.addObject()
                .put("type", "function_call")
                .put("call_id", call.id())
                .put("name", call.name())
                .put("arguments", call.arguments());
    }

    private void add(ArrayNode tools, ToolSpec tool) {
        tools.addObject()
                .put("type", "function")
                .put("name", tool.name())
                .put("description", tool.description())
                // The vendor's default here is strict, which refuses schemas with optional properties.
                .put("strict", false)
                .set("parameters", parse(tool.schema()));
    }

    private JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
