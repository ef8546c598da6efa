package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.bus.Protocol;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.llm.ToolSpec;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every message of every protocol survives the wire; the messages are made from the sealed types themselves. */
class ProtocolCodecTest {
    private final ProtocolCodec codec = new ProtocolCodec(Protocols.ALL);

    @TestFactory
    Stream<DynamicTest> everyMessageSurvivesTheWire() {
        return codec.leaves().stream()
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> Stream.of(
                        DynamicTest.dynamicTest(type.getSimpleName() + " full", () -> survives(type, true)),
                        DynamicTest.dynamicTest(type.getSimpleName() + " sparse", () -> survives(type, false))));
    }

    @Test
    void aLocalReceiverGetsTheSameInstance() {
        var message = new dev.callbus.llm.LlmProtocol.Warm("CA1");
        assertThat(codec.transform(message)).isSameAs(message);
    }

    @Test
    void anUnknownTagIsRefused() {
        var json = "{\"@\":\"Evil.Gadget\",\"command\":\"rm\"}".getBytes(StandardCharsets.UTF_8);
        var wire = Buffer.buffer().appendInt(json.length).appendBytes(json);
        assertThatThrownBy(() -> codec.decodeFromWire(0, wire))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Evil.Gadget");
    }

    @Test
    void anUnknownFieldIsIgnored() {
        var json = "{\"@\":\"LlmProtocol.Warm\",\"callSid\":\"CA1\",\"new\":1}".getBytes(StandardCharsets.UTF_8);
        var wire = Buffer.buffer().appendInt(json.length).appendBytes(json);
        assertThat(codec.decodeFromWire(0, wire)).isEqualTo(new dev.callbus.llm.LlmProtocol.Warm("CA1"));
    }

    private void survives(Class<?> type, boolean full) throws ReflectiveOperationException {
        var message = (Protocol) sample(type, full);
        var wire = Buffer.buffer("prefix");
        codec.encodeToWire(wire, message);
        assertThat(codec.decodeFromWire("prefix".length(), wire)).isEqualTo(message);
    }

    private Object sample(Class<?> type, boolean full) throws ReflectiveOperationException {
        if (type.isSealed()) {
            return sample(type.getPermittedSubclasses()[0], full);
        }
        var components = type.getRecordComponents();
        var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = full || !isNullable(components[i]) ? value(components[i].getGenericType(), full) : null;
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private Object value(Type type, boolean full) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Map.class) {
                return full ? Map.of("näme", value(arguments[1], true)) : Map.of();
            }
            return full ? List.of(value(arguments[0], true)) : List.of();
        }
        return scalar((Class<?>) type, full);
    }

    private Object scalar(Class<?> type, boolean full) throws ReflectiveOperationException {
        if (type == String.class) {
            return full ? "Ünïcode \"quoted\"\n☎" : "";
        } else if (type == int.class || type == Integer.class) {
            return 7;
        } else if (type == long.class || type == Long.class) {
            return (1L << 40) + 7;
        } else if (type == boolean.class || type == Boolean.class) {
            return full;
        } else if (type == Instant.class) {
            return Instant.parse("2026-11-21T10:00:00.123Z");
        } else if (type == Duration.class) {
            return Duration.ofMillis(1234);
        } else if (type == Protocol.class) {
            return new dev.callbus.llm.LlmProtocol.Warm("CA1");
        } else if (type == ToolSpec.class) {
            return new ToolSpec("tool", "does", "{}");
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return sample(type, full);
    }
}
