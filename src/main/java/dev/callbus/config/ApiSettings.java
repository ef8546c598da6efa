package dev.callbus.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who may use the HTTP API, which is everything that isn't Twilio's webhooks, and how much.
 *
 * @param perMinute requests of one key
 */
public record ApiSettings(List<Key> keys, int perMinute, OutboundSettings outbound, Chat chat) {
    public ApiSettings {
        keys = List.copyOf(keys);
    }

    /** The same with one more key. */
    public ApiSettings with(Key key) {
        var more = new ArrayList<>(keys);
        more.add(key);
        return new ApiSettings(more, perMinute, outbound, chat);
    }

    /** What a key opens. */
    public enum Scope {
        /** Placing and changing calls. */
        CALLS,
        /** Conversations in writing. */
        CHAT,
        /** Reading and changing contexts, tool manifests and the server configuration. */
        ASSETS,
        /** The event feed. */
        CONSOLE,
        /** Speaking to the model as the operator does. */
        ADMIN
    }

    /**
     * A key.
     *
     * @param name whose it is, for the log
     */
    public record Key(String name, Secret secret, Set<Scope> scopes) {
        public Key {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * Conversations in writing.
     *
     * @param expiry after so long without a message a conversation is forgotten
     * @param sessions so many at once on this node
     * @param answerWithin the longest that a request waits for its answer
     */
    public record Chat(Duration expiry, int sessions, Duration answerWithin) {}
}
