package dev.callbus.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every setting: its place in {@code conf/callbus.yaml}, its names in the environment and what holds when it isn't set. */
@SuppressWarnings("ImmutableEnumChecker") // both lists come from List.of
enum ConfigKey {
    HOST("server.host", "127.0.0.1", "HOST"),
    PORT("server.port", "3000", "PORT"),
    PUBLIC_URL("server.publicUrl", null, "SERVER_BASE_URL", "SERVER_URL"),
    DRAIN_TIMEOUT("server.drainTimeout", "10s", "DRAIN_TIMEOUT"),
    EVENT_LOOPS("server.eventLoops", "auto", "EVENT_LOOPS"),

    ACCOUNT_SID("twilio.accountSid", null, "ACCOUNT_SID", "TWILIO_ACCOUNT_SID"),
    AUTH_TOKEN(Kind.SECRET, "twilio.authToken", List.of(), "AUTH_TOKEN", "TWILIO_AUTH_TOKEN"),
    AUTH_TOKEN_SECONDARY(
            Kind.SECRET, "twilio.authTokenSecondary", List.of(), "AUTH_TOKEN_SECONDARY", "TWILIO_AUTH_TOKEN_SECONDARY"),
    FROM_NUMBER("twilio.fromNumber", null, "FROM_NUMBER", "TWILIO_FROM_NUMBER"),
    WORKFLOW_SID("twilio.workflowSid", null, "WORKFLOW_SID"),
    HANDOFF_NUMBER("twilio.handoffNumber", null, "HANDOFF_NUMBER"),
    REST_URL("twilio.restUrl", null, "TWILIO_REST_URL"),
    TWILIO_EDGE("twilio.edge", null, "TWILIO_EDGE"),
    TWILIO_REGION("twilio.region", null, "TWILIO_REGION"),

    LLM_PROVIDER("llm.provider", null, "LLM_PROVIDER"),
    LLM_API_KEY(Kind.SECRET, "llm.apiKey", List.of(), "OPENAI_API_KEY"),
    LLM_BASE_URL("llm.baseUrl", null, "OPENAI_BASE_URL"),
    LLM_MODEL("llm.model", "gpt-4o", "OPENAI_MODEL"),
    LLM_SYSTEM_ROLE("llm.systemRole", "system"),
    LLM_MAX_TOKENS("llm.maxTokens", null),
    LLM_MAX_TOKENS_FIELD("llm.maxTokensField", null),
    LLM_TEMPERATURE("llm.temperature", null),
    LLM_REASONING_EFFORT("llm.reasoningEffort", null),
    LLM_FIRST_TOKEN_TIMEOUT("llm.firstTokenTimeout", "4s"),
    LLM_IDLE_TIMEOUT("llm.idleTimeout", "5s"),
    LLM_RETRIES("llm.retries", "2"),
    DEEPSEEK_API_KEY(Kind.SECRET, "llm.deepseek.apiKey", List.of(), "DEEPSEEK_API_KEY"),
    DEEPSEEK_MODEL("llm.deepseek.model", "deepseek-v4-flash", "DEEPSEEK_MODEL"),
    FLOWISE_URL("llm.flowise.url", null, "FLOWISE_URL"),
    FLOWISE_CHATFLOW_ID("llm.flowise.chatflowId", null, "FLOWISE_CHATFLOW_ID"),
    DIALOG_FLOW("llm.dialog.flow", "help-desk", "LLM_DIALOG_FLOW"),
    DIALOG_LAST_RESORT("llm.dialog.lastResort", "true"),
    FLOWISE_API_KEY(Kind.SECRET, "llm.flowise.apiKey", List.of(), "FLOWISE_API_KEY"),

    SERVICENOW_INSTANCE("servicenow.instance", null, "SERVICENOW_INSTANCE", "SERVICENOW_INSTANCE_URL"),
    SERVICENOW_USERNAME("servicenow.username", null, "SERVICENOW_USERNAME"),
    SERVICENOW_PASSWORD(Kind.SECRET, "servicenow.password", List.of(), "SERVICENOW_PASSWORD"),
    SERVICENOW_CLIENT_ID("servicenow.clientId", null, "SERVICENOW_CLIENT_ID"),
    SERVICENOW_CLIENT_SECRET(Kind.SECRET, "servicenow.clientSecret", List.of(), "SERVICENOW_CLIENT_SECRET"),
    SERVICENOW_TIMEOUT("servicenow.requestTimeout", "3s"),
    SERVICENOW_REGION("servicenow.defaultRegion", "US"),
    SERVICENOW_OUTBOX("servicenow.outbox", ".callbus/outbox"),

    SILENCE_ENABLED("call.silence.enabled", "true"),
    SILENCE_THRESHOLD("call.silence.threshold", "20s", "SILENCE_SECONDS_THRESHOLD"),
    SILENCE_MESSAGES(Kind.LIST, "call.silence.messages", List.of("Still there?", "Just checking you are still there?")),
    SILENCE_FAREWELL("call.silence.farewell", "I can't hear you, so I end this call now. Goodbye."),
    SILENCE_RETRIES("call.silence.retries", null, "SILENCE_RETRY_THRESHOLD"),
    FILLER_AFTER("call.fillerAfter", "1500ms"),
    FILLERS(Kind.LIST, "call.fillers", List.of("One moment, please.", "Let me see.", "Just a second.")),
    WATCHDOG("call.watchdog", "20s"),
    APOLOGY("call.apology", "I'm sorry, something went wrong on my side. Could you say that again?"),
    LOST_THREAD("call.lostThread", "Sorry, I lost my thread there. Could you say that again?"),
    HANDOFF_WORDS("call.handoffWords", "I'm sorry, I can't help you right now. Let me hand you over to a colleague."),
    FAILURES_BEFORE_HANDOFF("call.failuresBeforeHandoff", "3"),
    FAREWELL("call.farewell", "Goodbye."),
    GOODBYE("call.goodbye", "I'm sorry, I have to end this call now. Please call again in a moment. Goodbye."),
    MAX_TOOL_ROUNDS("call.maxToolRounds", "6"),
    TOOL_TIMEOUT("call.toolTimeout", "8s"),
    HISTORY_LIMIT("call.historyLimit", "24000"),
    KEYPAD_PAUSE("call.keypadPause", "2500ms"),
    CHARACTERS_PER_SECOND("call.charactersPerSecond", "14"),

    ASSET_DIRECTORY("assets.directory", "assets"),
    GREETING("assets.greeting", null, "GREETING"),
    CONTEXT("assets.context", null, "LLM_CONTEXT"),
    MANIFEST("assets.manifest", null, "LLM_MANIFEST"),

    API_KEY(Kind.SECRET, "api.key", List.of(), "CALLBUS_API_KEY"),
    API_PER_MINUTE("api.requestsPerMinute", "120"),
    CALLS_ALLOWED(Kind.LIST, "api.calls.allowed", List.of("+")),
    CALLS_PER_NUMBER("api.calls.perNumberAndHour", "20"),
    CALLS_RING("api.calls.ring", "60s"),
    CHAT_EXPIRY("api.chat.expiry", "30m"),
    CHAT_SESSIONS("api.chat.sessions", "10000"),
    CHAT_ANSWER_WITHIN("api.chat.answerWithin", "60s"),

    SMS_ALLOWED(Kind.LIST, "tools.sms.allowed", List.of()),
    SMS_PER_CALL("tools.sms.perCall", "3"),
    SMS_PER_NUMBER("tools.sms.perNumberAndDay", "10"),
    MEDIA_HOSTS(Kind.LIST, "tools.media.hosts", List.of()),

    VERIFY_SERVICE_SID("verify.serviceSid", null, "VERIFY_SERVICE_SID", "TWILIO_VERIFY_SERVICE_SID"),
    VERIFY_CODE_LENGTH("verify.codeLength", "6"),
    VERIFY_GRANT_LIFE("verify.grantLife", "30m"),
    VERIFY_SEAL_KEY(Kind.SECRET, "verify.sealKey", List.of(), "VERIFY_SEAL_KEY"),
    VERIFY_SENDS_PER_CALL("verify.sendsPerCall", "3"),
    VERIFY_CHECKS_PER_CALL("verify.checksPerCall", "5"),
    VERIFY_SENDS_PER_NUMBER("verify.sendsPerNumberAndDay", "10"),
    VERIFY_SENDS_PER_DAY("verify.sendsPerDay", "1000"),

    MODEL_SCRIPT("sandbox.modelScript", null),
    SANDBOX_DIRECTORY("sandbox.directory", ".callbus");

    private final Kind kind;
    private final String path;
    private final List<String> standard;
    private final List<String> environment;

    ConfigKey(String path, @Nullable String standard, String... environment) {
        this(Kind.VALUE, path, standard == null ? List.of() : List.of(standard), environment);
    }

    ConfigKey(Kind kind, String path, List<String> standard, String... environment) {
        this.kind = kind;
        this.path = path;
        this.standard = standard;
        this.environment = List.of(environment);
    }

    /** What can be written there. */
    enum Kind {
        /** One value. */
        VALUE,
        /** One value that nobody may see. */
        SECRET,
        /** A list of values. */
        LIST
    }

    Kind kind() {
        return kind;
    }

    /** The key path in YAML. */
    String path() {
        return path;
    }

    /** What holds when it isn't set: one value, several for a list, or nothing. */
    List<String> standard() {
        return standard;
    }

    /** The names in the environment, the customary one first; often none. */
    List<String> environment() {
        return environment;
    }

    /** How to set it, for a remedy: {@code ACCOUNT_SID (or twilio.accountSid in callbus.yaml)}. */
    String howToSet() {
        return environment.isEmpty() ? path : environment.getFirst() + " (or " + path + " in callbus.yaml)";
    }

    static Optional<ConfigKey> atPath(String path) {
        return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
    }

    static List<String> allEnvironmentNames() {
        return Arrays.stream(values()).flatMap(key -> key.environment.stream()).toList();
    }
}
