package dev.callbus.config;

/** Everything that a node is configured with, checked as a whole. */
public record CallbusConfig(
        ServerSettings server,
        TwilioSettings twilio,
        LlmSettings llm,
        CallSettings call,
        AssetSettings assets,
        ToolSettings tools,
        ApiSettings api,
        SandboxSettings sandbox) {

    /** The same with other models. */
    public CallbusConfig withLlm(LlmSettings other) {
        return new CallbusConfig(server, twilio, other, call, assets, tools, api, sandbox);
    }

    /** The same with another HTTP server. */
    public CallbusConfig withServer(ServerSettings other) {
        return new CallbusConfig(other, twilio, llm, call, assets, tools, api, sandbox);
    }
}
