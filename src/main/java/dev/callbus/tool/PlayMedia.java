package dev.callbus.tool;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code play-media}: plays a sound file from one of the hosts that the operator allows. */
@AutoService(AnyTool.class)
public final class PlayMedia implements Tool<PlayMedia.Arguments> {
    private static final int MOST_LOOPS = 20;

    /** What the model gives. */
    public record Arguments(
            @JsonAlias({"url", "mediaUrl"}) @Argument("The https URL of the sound file.")
            String source,

            @Argument(value = "How often to play it, 1 to 20; once if not given.", required = false) @Nullable
            Integer loop,

            @Argument(value = "Whether your next words may cut it short.", required = false) @Nullable
            Boolean preemptible,

            @Argument(value = "Whether the caller may cut it short by speaking.", required = false) @Nullable
            Boolean interruptible) {}

    @Override
    public String name() {
        return "play-media";
    }

    @Override
    public String description() {
        return "Plays a sound file to the caller. Use it only with a URL that your instructions name.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        var source = arguments.source().strip();
        var told = Map.of("source", source);
        if (source.isEmpty()) {
            return refused("Source URL is required to play media", told);
        }
        if (!isAllowed(source, services.settings().mediaHosts())) {
            return refused(
                    "Media of that address may not be played. Only https addresses that the operator allows.", told);
        }
        int loop = arguments.loop() == null ? 1 : arguments.loop();
        if (loop < 1 || loop > MOST_LOOPS) {
            return refused("loop must be 1 to " + MOST_LOOPS + ".", told);
        }
        return Future.succeededFuture(ToolOutcome.done(
                "Media playback initiated successfully",
                told,
                new ToolOutcome.PlayMedia(source, loop, arguments.preemptible(), arguments.interruptible())));
    }

    private static Future<ToolOutcome> refused(String message, Map<String, String> told) {
        return Future.succeededFuture(ToolOutcome.refused(message, told));
    }

    private static boolean isAllowed(String source, Set<String> hosts) {
        try {
            var url = URI.create(source);
            return "https".equalsIgnoreCase(url.getScheme())
                    && url.getUserInfo() == null
                    && url.getHost() != null
                    && hosts.stream().anyMatch(url.getHost()::equalsIgnoreCase);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
