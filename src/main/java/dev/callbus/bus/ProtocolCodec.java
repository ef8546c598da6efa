package dev.callbus.bus;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The codec of all protocols: a receiver on the same node gets the same instance, another node gets a stable tag
 * (such as {@code LlmProtocol.Generate}) and JSON. Unknown tags fail; unknown fields are ignored, so that nodes of
 * neighbouring versions understand each other.
 */
public final class ProtocolCodec implements MessageCodec<Protocol, Protocol> {
    private static final String NAME = "protocol";

    private final Map<String, Class<?>> types = new HashMap<>();
    private final ObjectMapper mapper;

    /** A codec for every record below these sealed roots. */
    public ProtocolCodec(List<Class<? extends Protocol>> roots) {
        roots.forEach(this::add);
        mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .addMixIn(Protocol.class, Tagged.class)
                .build();
        types.forEach((tag, type) -> mapper.registerSubtypes(new NamedType(type, tag)));
    }

    /** Makes the bus carry these protocols; to be called before the first message. What was installed before is replaced. */
    public static ProtocolCodec install(Vertx vertx, List<Class<? extends Protocol>> roots) {
        var codec = new ProtocolCodec(roots);
        vertx.eventBus().unregisterCodec(NAME).registerCodec(codec);
        vertx.eventBus().codecSelector(body -> body instanceof Protocol ? NAME : null);
        return codec;
    }

    /** All record types that this codec knows. */
    public Set<Class<?>> leaves() {
        return Set.copyOf(types.values());
    }

    @Override
    public void encodeToWire(Buffer buffer, Protocol message) {
        try {
            byte[] json = mapper.writerFor(Protocol.class).writeValueAsBytes(message);
            buffer.appendInt(json.length).appendBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot encode " + message.getClass().getName(), e);
        }
    }

    @Override
    public Protocol decodeFromWire(int position, Buffer buffer) {
        int length = buffer.getInt(position);
        var json = buffer.getString(position + 4, position + 4 + length, StandardCharsets.UTF_8.name());
        try {
            return mapper.readValue(json, Protocol.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot decode a message: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public Protocol transform(Protocol message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    private void add(Class<? extends Protocol> type) {
        if (type.isSealed()) {
            for (Class<?> leaf : type.getPermittedSubclasses()) {
                if (Protocol.class.isAssignableFrom(leaf)) {
                    add(leaf.asSubclass(Protocol.class));
                }
            }
        } else if (type.isRecord()) {
            var home = type.getEnclosingClass();
            var tag = (home == null ? "" : home.getSimpleName() + ".") + type.getSimpleName();
            var other = types.put(tag, type);
            if (other != null && other != type) {
                throw new IllegalArgumentException("two messages have the tag " + tag + ": " + other + ", " + type);
            }
        } else {
            throw new IllegalArgumentException(type + " is neither sealed nor a record");
        }
    }

    /** Writes each message with its tag. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@")
    private interface Tagged {}
}
