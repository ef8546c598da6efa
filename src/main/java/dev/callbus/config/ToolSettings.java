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
 */
public record ToolSettings(Sms sms, Set<String> mediaHosts) {
    public ToolSettings {
        mediaHosts = Set.copyOf(mediaHosts);
    }

    /** The same with one more host whose sound files may be played. */
    public ToolSettings withMediaHost(String host) {
        return new ToolSettings(
                sms, Stream.concat(mediaHosts.stream(), Stream.of(host)).collect(Collectors.toSet()));
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
