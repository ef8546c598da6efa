package dev.callbus.sandbox.openai;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers conversations without a script: what else a {@link ModelServer} can serve. */
public interface Improviser {

    /** The next message of this conversation, in which these tools may be called. It must not block. */
    Answer answer(List<Message> conversation, Set<String> tools);

    /**
     * One message of a conversation; the text is empty if there is none.
     *
     * @param role as OpenAI writes it: system, developer, user, assistant or tool
     * @param callId the call that a tool's message answers
     */
    record Message(
            String role,
            String text,
            List<Call> calls,
            @Nullable String callId) {
        /** Copies the list, which never changes. */
        public Message {
            calls = List.copyOf(calls);
        }
    }

    /** A call of a tool; the arguments are JSON. */
    record Call(String id, String name, String arguments) {}

    /** What is said, and the tools that are called after it. */
    record Answer(String text, List<Call> calls) {
        /** Copies the list, which never changes. */
        public Answer {
            calls = List.copyOf(calls);
        }
    }
}
