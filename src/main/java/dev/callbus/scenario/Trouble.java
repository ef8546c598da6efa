package dev.callbus.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may break outside of the server in a scenario, by the name that it has in files. */
public enum Trouble {
    /** The socket between Twilio and the server breaks. */
    DROP_SOCKET,
    /** Twilio asks the last webhook once more. */
    DUPLICATE_WEBHOOK,
    /** The model accepts a request and says nothing. */
    MODEL_HANGS,
    /** The model has no room. */
    MODEL_429,
    /** The model has an error of its own. */
    MODEL_5XX,
    /** The model's connection breaks before the first word. */
    MODEL_HANGS_UP,
    /** The model's answer breaks off in the middle. */
    MODEL_BREAKS_OFF,
    /** The model answers with nonsense. */
    MODEL_GARBAGE,
    /** The model can't be reached any more. */
    MODEL_DOWN,
    /** ServiceNow has an error. */
    SERVICENOW_500,
    /** ServiceNow has no room. */
    SERVICENOW_429,
    /** ServiceNow takes ten seconds. */
    SERVICENOW_SLOW,
    /** ServiceNow does what it is asked, and its answer is lost. */
    SERVICENOW_LOSES_ANSWERS,
    /** ServiceNow can't be reached any more. */
    SERVICENOW_DOWN,
    /** ServiceNow sleeps, and says so in HTML. */
    SERVICENOW_HIBERNATES,
    /** ServiceNow is well again. */
    SERVICENOW_BACK;

    /** Whether it befalls the model. */
    boolean isOfModel() {
        return switch (this) {
            case MODEL_HANGS, MODEL_429, MODEL_5XX, MODEL_HANGS_UP, MODEL_BREAKS_OFF, MODEL_GARBAGE, MODEL_DOWN -> true;
            case DROP_SOCKET,
                    DUPLICATE_WEBHOOK,
                    SERVICENOW_500,
                    SERVICENOW_429,
                    SERVICENOW_SLOW,
                    SERVICENOW_LOSES_ANSWERS,
                    SERVICENOW_DOWN,
                    SERVICENOW_HIBERNATES,
                    SERVICENOW_BACK -> false;
        };
    }

    /** The name in files, such as {@code model-hangs}. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Trouble::written).toList();
    }

    /** The trouble of this name. */
    public static Optional<Trouble> of(String written) {
        return Arrays.stream(values())
                .filter(trouble -> trouble.written().equals(written))
                .findFirst();
    }
}
