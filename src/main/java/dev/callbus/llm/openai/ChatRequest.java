package dev.callbus.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.config.LlmSettings;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Writes the body of a chat completions request for one provider. */
final class ChatRequest {
    private final ObjectMapper mapper;
    private final LlmSettings.Provider provider;
    private final boolean isOpenAi;

    ChatRequest(ObjectMapper mapper, LlmSettings.Provider provider) {
        this.mapper = mapper;
        this.provider = provider;
        this.isOpenAi = "api.openai.com".equalsIgnoreCase(provider.baseUrl().getHost());
    }

    Buffer body(LlmProtocol.Generate request) {
        var body = mapper.createObjectNode()
                .put("model", request.model().modelOr(provider.model()))
                .put("stream", true);
        var options = body.putObject("stream_options").put("include_usage", true);
        if (isOpenAi) {
            options.put("include_obfuscation", false);
        }
        if (provider.maxTokens() != null) {
            body.put(provider.maxTokensField(), provider.maxTokens());
        }
        if (provider.temperature() != null) {
            body.put("temperature", provider.temperature());
        }
        if (provider.reasoningEffort() != null) {
            body.put("reasoning_effort", provider.reasoningEffort());
        }
        var messages = body.putArray("messages");
        request.messages().forEach(message -> add(messages, message));
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

    private void add(ArrayNode messages, ChatMessage message) {
        var json = messages.addObject();
        switch (message) {
            case ChatMessage.Instructions instructions ->
                json.put("role", provider.systemRole()).put("content", instructions.text());
            case ChatMessage.Caller caller -> json.put("role", "user").put("content", caller.text());
            case ChatMessage.Assistant assistant -> add(json, assistant);
            case ChatMessage.ToolResult result ->
                json.put("role", "tool").put("tool_call_id", result.callId()).put("content", result.content());
        }
    }

    private void add(ObjectNode json, ChatMessage.Assistant assistant) {
        json.put("role", "assistant");
        if (assistant.text().isEmpty()) {
            json.putNull("content");
        } else {
            json.put("content", assistant.text());
        }
        if (!assistant.calls().isEmpty()) {
            var calls = json.putArray("tool_calls");
            assistant.calls().forEach(call -> add(calls.addObject(), call));
        }
        echo(json, assistant.extra());
    }

    private void add(ObjectNode json, ToolCall call) {
        json.put("id", call.id()).put("type", "function");
        json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        echo(json, call.extra());
    }

    private void add(ArrayNode tools, ToolSpec tool) {
        var json = tools.addObject().put("type", "function");
        json.putObject("function")
                .put("name", tool.name())
                .put("description", tool.description())
                .set("parameters", parse(tool.schema()));
    }

    /** Sends back what the vendor sent along; what belongs to the Responses API would be refused. */
    private void echo(ObjectNode json, @Nullable String extra) {
        if (extra != null && parse(extra) instanceof ObjectNode members) {
            members.remove(Echo.MEMBER);
            json.setAll(members);
        }
    }

    private JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
