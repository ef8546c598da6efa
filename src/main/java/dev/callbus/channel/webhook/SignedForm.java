package dev.callbus.channel.webhook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a signed request of Twilio says, by Twilio's own names ({@code CallSid}, {@code From}, …).
 *
 * @param parameters of the form, or of the query if there is no form
 * @param query what the URL that we gave Twilio holds
 * @param idempotencyToken the same for all tries of one request; empty if there is none
 */
public record SignedForm(
        String path, Map<String, List<String>> parameters, Map<String, List<String>> query, String idempotencyToken) {

    /** The parameter's first value; empty if there is none. */
    public String parameter(String name) {
        return first(parameters, name);
    }

    /**
     * What the number's webhook URL or the caller of the webhook hands along for the conversation: {@code parameters[name]}
     * of the form or the query, and the names of contexts and manifests in the query.
     */
    public Map<String, String> runtimeParameters() {
        var found = new HashMap<String, String>();
        for (var key : List.of("contextKey", "manifestKey")) {
            if (query.containsKey(key)) {
                found.put(key, first(query, key));
            }
        }
        for (var source : List.of(query, parameters)) {
            source.forEach((name, values) -> {
                if (name.startsWith("parameters[") && name.endsWith("]") && !values.isEmpty()) {
                    found.put(name.substring("parameters[".length(), name.length() - 1), values.getFirst());
                }
            });
        }
        return found;
    }

    private static String first(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }
}
