package dev.callbus.tool;

import com.google.auto.service.AutoService;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code switch-language}: speaks and understands another of the languages that the agent is configured for. */
@AutoService(AnyTool.class)
public final class SwitchLanguage implements Tool<SwitchLanguage.Arguments> {

    /** What the model gives; at least one. */
    public record Arguments(
            @Argument(value = "The language to speak, such as en-US.", required = false) @Nullable
            String ttsLanguage,

            @Argument(value = "The language that the caller speaks, such as en-US.", required = false) @Nullable
            String transcriptionLanguage) {}

    @Override
    public String name() {
        return "switch-language";
    }

    @Override
    public String description() {
        return "Switches the language that you speak, the language that the caller is understood in, or both. Use it when"
                + " the caller asks for another language or speaks one. Afterwards answer in the new language.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        return Future.succeededFuture(outcome(arguments, facts.languages()));
    }

    private static ToolOutcome outcome(Arguments arguments, List<String> languages) {
        if (isBlank(arguments.ttsLanguage()) && isBlank(arguments.transcriptionLanguage())) {
            return ToolOutcome.refused("At least one language parameter (ttsLanguage or transcriptionLanguage) must be"
                    + " provided. The languages are: " + String.join(", ", languages));
        }
        var tts = configured(arguments.ttsLanguage(), languages);
        var transcription = configured(arguments.transcriptionLanguage(), languages);
        var asked = new LinkedHashMap<String, String>();
        if (!isBlank(arguments.ttsLanguage())) {
            asked.put("ttsLanguage", tts.orElse(arguments.ttsLanguage()));
        }
        if (!isBlank(arguments.transcriptionLanguage())) {
            asked.put("transcriptionLanguage", transcription.orElse(arguments.transcriptionLanguage()));
        }
        if (asked.size() != tts.stream().count() + transcription.stream().count()) {
            return ToolOutcome.refused(
                    "That language is not available. The languages are: " + String.join(", ", languages), asked);
        }
        var message = "Language switched successfully"
                + tts.map(language -> ". Answer in " + language + " from now on")
                        .orElse("");
        return ToolOutcome.done(
                message, asked, new ToolOutcome.SwitchLanguage(tts.orElse(null), transcription.orElse(null)));
    }

    /** The configured language that is meant: the same, whatever its case, or the only one with that first subtag. */
    private static Optional<String> configured(@Nullable String wanted, List<String> languages) {
        if (wanted == null || wanted.isBlank()) {
            return Optional.empty();
        }
        var exact = languages.stream().filter(wanted.strip()::equalsIgnoreCase).findFirst();
        if (exact.isPresent() || wanted.contains("-")) {
            return exact;
        }
        var related = languages.stream()
                .filter(each -> each.regionMatches(
                        true, 0, wanted.strip() + "-", 0, wanted.strip().length() + 1))
                .toList();
        return related.size() == 1 ? Optional.of(related.getFirst()) : Optional.empty();
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
