package dev.callbus.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tools may do.
 *
 * @param mediaHosts whose sound files may be played to callers
 * @param staffed whether somebody takes over callers who want a person
 */
public record ToolSettings(Sms sms, Set<String> mediaHosts, boolean staffed) {
    public ToolSettings {
        mediaHosts = Set.copyOf(mediaHosts);
    }

    /** Those of a server where somebody takes over. */
    public ToolSettings(Sms sms, Set<String> mediaHosts) {
        this(sms, mediaHosts, true);
    }

    /** The same where somebody takes over, or nobody. */
    public ToolSettings whereStaffed(boolean isStaffed) {
        return new ToolSettings(sms, mediaHosts, isStaffed);
    }

    /** The same with one more host whose sound files may be played. */
    public ToolSettings withMediaHost(String host) {
        return new ToolSettings(
                sms, Stream.concat(mediaHosts.stream(), Stream.of(host)).collect(Collectors.toSet()), staffed);
    }

    /**
     * Text messages that the agent sends.
     *
     * @param from the number that they come from, or null for the one that the call is with
     * @param allowed numbers, or beginnings of numbers, that may get one besides the person on the line
     * @param perCall how many one call may send
     * @param perNumberAndDay how many one number may get within a day
     */
    public record Sms(@Nullable String from, List<String> allowed, int perCall, int perNumberAndDay) {
        public Sms {
            allowed = List.copyOf(allowed);
        }
    }
}
