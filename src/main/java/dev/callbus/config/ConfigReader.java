package dev.callbus.config;

import dev.callbus.config.ApiSettings.Scope;
import dev.callbus.config.AssetSettings.Overrides;
import dev.callbus.config.CallSettings.SilenceSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a node's configuration from its sources and checks it as a whole, without asking anybody over the network. */
final class ConfigReader {
    private static final URI SANDBOX_URL = URI.create("https://callbus.localhost");

    private final SettingReader reader;
    private final Path workingDirectory;

    private ConfigReader(ConfigSources sources) {
        this.reader = new SettingReader(sources);
        this.workingDirectory = sources.workingDirectory();
    }

    /** The configuration, or a {@link ConfigException} with all its faults. */
    static CallbusConfig read(ConfigSources sources) {
        var reader = new ConfigReader(sources);
        var config = reader.config();
        if (!reader.reader.faults().isEmpty()) {
            throw new ConfigException("The configuration", reader.reader.faults());
        }
        return config;
    }

    private CallbusConfig config() {
        var sandbox = sandbox();
        var call = call();
        var twilio = twilio(sandbox);
        return new CallbusConfig(
                server(),
                twilio,
                new LlmReader(reader).settings(),
                call,
                assets(),
                tools(twilio),
                api(twilio, sandbox),
                sandbox,
                new VerifyReader(reader).settings(twilio),
                serviceNow(twilio));
    }

    private ServerSettings server() {
        var url = reader.find(ConfigKey.PUBLIC_URL, ValueParser.PUBLIC_URL);
        if (!reader.isWritten(ConfigKey.PUBLIC_URL) && reader.isWritten(ConfigKey.ACCOUNT_SID)) {
            reader.fault(
                    ConfigKey.PUBLIC_URL,
                    null,
                    "is missing, and with a Twilio account the outside must reach this server",
                    "set " + ConfigKey.PUBLIC_URL.howToSet() + " to the host of your tunnel or proxy");
        }
        return new ServerSettings(
                reader.get(ConfigKey.HOST, ValueParser.TEXT),
                reader.get(ConfigKey.PORT, ValueParser.integer(0, 65_535)),
                url == null ? SANDBOX_URL : url,
                reader.get(ConfigKey.DRAIN_TIMEOUT, ValueParser.DURATION),
                reader.get(ConfigKey.EVENT_LOOPS, ConfigReader::eventLoops));
    }

    private static int eventLoops(String text) throws Refused {
        return text.equals("auto")
                ? Runtime.getRuntime().availableProcessors()
                : ValueParser.integer(1, 1024).parse(text);
    }

    private TwilioSettings twilio(SandboxSettings sandbox) {
        var accountSid = reader.find(ConfigKey.ACCOUNT_SID, ValueParser.ACCOUNT_SID);
        var tokens = Stream.of(ConfigKey.AUTH_TOKEN, ConfigKey.AUTH_TOKEN_SECONDARY)
                .map(key -> reader.find(key, ValueParser.AUTH_TOKEN))
                .<Secret>mapMulti((token, kept) -> {
                    if (token != null) {
                        kept.accept(token);
                    }
                })
                .toList();
        needsTheOther(ConfigKey.ACCOUNT_SID, ConfigKey.AUTH_TOKEN);
        needsTheOther(ConfigKey.AUTH_TOKEN, ConfigKey.ACCOUNT_SID);
        needsTheOther(ConfigKey.AUTH_TOKEN_SECONDARY, ConfigKey.AUTH_TOKEN);
        boolean sandboxed = !reader.isWritten(ConfigKey.ACCOUNT_SID);
        return new TwilioSettings(
                accountSid == null ? SandboxKey.ACCOUNT_SID : accountSid,
                sandboxed && reader.faults().isEmpty() ? List.of(sandboxToken(sandbox)) : tokens,
                sandboxed,
                fromNumber(sandboxed),
                reader.find(ConfigKey.WORKFLOW_SID, ValueParser.WORKFLOW_SID),
                handoffNumber(sandboxed),
                reader.find(ConfigKey.REST_URL, ValueParser.REST_URL),
                reader.find(ConfigKey.TWILIO_EDGE, ValueParser.TWILIO_PLACE),
                reader.find(ConfigKey.TWILIO_REGION, ValueParser.TWILIO_PLACE));
    }

    private @Nullable String fromNumber(boolean sandboxed) {
        var number = reader.find(ConfigKey.FROM_NUMBER, ValueParser.PHONE_NUMBER);
        return number == null && sandboxed ? SandboxKey.PHONE_NUMBER : number;
    }

    private @Nullable String handoffNumber(boolean sandboxed) {
        var number = reader.find(ConfigKey.HANDOFF_NUMBER, ValueParser.PHONE_NUMBER);
        return number == null && sandboxed ? SandboxKey.COLLEAGUE_NUMBER : number;
    }

    private void needsTheOther(ConfigKey written, ConfigKey other) {
        if (reader.isWritten(written) && !reader.isWritten(other)) {
            reader.fault(
                    written,
                    null,
                    "is set, but " + other.environment().getFirst() + " is not",
                    "set " + other.howToSet() + " too, or none of them to use the sandbox");
        }
    }

    private Secret sandboxToken(SandboxSettings sandbox) {
        try {
            return SandboxKey.readOrCreate(sandbox.directory());
        } catch (IOException e) {
            reader.fault(
                    ConfigKey.SANDBOX_DIRECTORY,
                    sandbox.directory().toString(),
                    "can't keep the sandbox's key: " + e,
                    "make the directory writable, or name another one");
            return Secret.NONE;
        }
    }

    private CallSettings call() {
        return new CallSettings(
                silence(),
                duration(ConfigKey.FILLER_AFTER),
                reader.list(ConfigKey.FILLERS),
                duration(ConfigKey.WATCHDOG),
                reader.get(ConfigKey.APOLOGY, ValueParser.TEXT),
                reader.get(ConfigKey.LOST_THREAD, ValueParser.TEXT),
                reader.get(ConfigKey.HANDOFF_WORDS, ValueParser.TEXT),
                reader.get(ConfigKey.FAILURES_BEFORE_HANDOFF, ValueParser.integer(1, 100)),
                reader.get(ConfigKey.FAREWELL, ValueParser.TEXT),
                reader.get(ConfigKey.GOODBYE, ValueParser.TEXT),
                reader.get(ConfigKey.MAX_TOOL_ROUNDS, ValueParser.integer(1, 100)),
                duration(ConfigKey.TOOL_TIMEOUT),
                reader.get(ConfigKey.HISTORY_LIMIT, ValueParser.integer(1_000, 10_000_000)),
                duration(ConfigKey.KEYPAD_PAUSE),
                reader.get(ConfigKey.CHARACTERS_PER_SECOND, ValueParser.decimal(1, 100)));
    }

    private ToolSettings tools(TwilioSettings twilio) {
        var allowed = reader.list(ConfigKey.SMS_ALLOWED);
        if (!allowed.stream().allMatch(number -> number.matches("(whatsapp:)?\\+[1-9][0-9]{0,14}"))) {
            reader.fault(
                    ConfigKey.SMS_ALLOWED,
                    String.join(", ", allowed),
                    "has an entry that is no beginning of a number",
                    "write entries such as \"+1555\" or whole numbers");
        }
        return new ToolSettings(
                new ToolSettings.Sms(
                        twilio.fromNumber(),
                        allowed,
                        reader.get(ConfigKey.SMS_PER_CALL, ValueParser.integer(1, 1000)),
                        reader.get(ConfigKey.SMS_PER_NUMBER, ValueParser.integer(1, 1000))),
                Set.copyOf(reader.list(ConfigKey.MEDIA_HOSTS)));
    }

    /** Without an account, only this machine's user can read the keys that open the API. */
    private ApiSettings api(TwilioSettings twilio, SandboxSettings sandbox) {
        var settings = new ApiReader(reader).settings(twilio.fromNumber());
        if (!twilio.sandboxed() || !reader.faults().isEmpty()) {
            return settings;
        }
        var phone = new ApiSettings.Key("sandbox", twilio.authTokens().getFirst(), Set.of(Scope.CONSOLE));
        return settings.keys().isEmpty()
                ? settings.with(phone).with(new ApiSettings.Key("local", localKey(sandbox), EnumSet.allOf(Scope.class)))
                : settings.with(phone);
    }

    private Secret localKey(SandboxSettings sandbox) {
        try {
            return SandboxKey.apiKey(sandbox.directory());
        } catch (IOException e) {
            reader.fault(
                    ConfigKey.SANDBOX_DIRECTORY,
                    sandbox.directory().toString(),
                    "can't keep the API's key: " + e,
                    "make the directory writable, name another one, or set CALLBUS_API_KEY");
            return Secret.NONE;
        }
    }

    private ServiceNowSettings serviceNow(TwilioSettings twilio) {
        var outbox = path(ConfigKey.SERVICENOW_OUTBOX, reader.get(ConfigKey.SERVICENOW_OUTBOX, ValueParser.TEXT));
        return new ServiceNowReader(reader).settings(twilio, outbox);
    }

    private SilenceSettings silence() {
        var settings = new SilenceSettings(
                reader.get(ConfigKey.SILENCE_ENABLED, ValueParser.BOOLEAN),
                duration(ConfigKey.SILENCE_THRESHOLD),
                reader.list(ConfigKey.SILENCE_MESSAGES),
                reader.get(ConfigKey.SILENCE_FAREWELL, ValueParser.TEXT));
        var retries = reader.find(ConfigKey.SILENCE_RETRIES, ValueParser.integer(1, 100));
        return retries == null ? settings : settings.withReminders(retries - 1);
    }

    private Duration duration(ConfigKey key) {
        return reader.get(key, ValueParser.DURATION);
    }

    private AssetSettings assets() {
        var directory = path(ConfigKey.ASSET_DIRECTORY, reader.get(ConfigKey.ASSET_DIRECTORY, ValueParser.TEXT));
        if (!Files.isDirectory(directory) || !Files.isReadable(directory)) {
            reader.fault(
                    ConfigKey.ASSET_DIRECTORY,
                    directory.toString(),
                    "is no directory that can be read",
                    "start where the assets directory is, or write its path there");
        }
        var retries = fromEnvironment(ConfigKey.SILENCE_RETRIES, ValueParser.integer(1, 100));
        var overrides = new Overrides(
                reader.find(ConfigKey.GREETING, ValueParser.TEXT),
                reader.find(ConfigKey.CONTEXT, ValueParser.ASSET_KEY),
                reader.find(ConfigKey.MANIFEST, ValueParser.ASSET_KEY),
                fromEnvironment(ConfigKey.SILENCE_THRESHOLD, ValueParser.DURATION),
                retries == null ? null : retries - 1);
        return new AssetSettings(directory, overrides);
    }

    /** The value if it stands in the environment and is good; its faults have been found before. */
    private <T> @Nullable T fromEnvironment(ConfigKey key, ValueParser<T> parser) {
        var written = reader.layers().written(key);
        try {
            return written != null && written.isFromEnvironment() ? parser.parse(written.text()) : null;
        } catch (Refused e) {
            return null;
        }
    }

    private SandboxSettings sandbox() {
        var directory = path(ConfigKey.SANDBOX_DIRECTORY, reader.get(ConfigKey.SANDBOX_DIRECTORY, ValueParser.TEXT));
        var script = reader.find(ConfigKey.MODEL_SCRIPT, ValueParser.TEXT);
        if (script == null) {
            return new SandboxSettings(null, directory);
        }
        var file = path(ConfigKey.MODEL_SCRIPT, script);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            reader.fault(
                    ConfigKey.MODEL_SCRIPT,
                    file.toString(),
                    "is no file that can be read",
                    "correct the path, or leave it empty for the script that ships");
        }
        return new SandboxSettings(file, directory);
    }

    private Path path(ConfigKey key, String text) {
        try {
            return workingDirectory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            reader.fault(key, text, "is no path", "write the path of a file on this machine");
            return workingDirectory;
        }
    }
}
