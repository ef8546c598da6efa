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
        SandboxSettings sandbox,
        VerifySettings verify,
        ServiceNowSettings serviceNow) {

    /** What tools may do, where this server's own sound files count as allowed. */
    public ToolSettings toolsOfThisServer() {
        var host = server.publicUrl().getHost();
        var staffed = tools.whereStaffed(twilio.workflowSid() != null || twilio.handoffNumber() != null);
        return host == null ? staffed : staffed.withMediaHost(host);
    }

    /** The same with another Twilio account, or another way to it. */
    public CallbusConfig withTwilio(TwilioSettings other) {
        return new CallbusConfig(server, other, llm, call, assets, tools, api, sandbox, verify, serviceNow);
    }

    /** The same with other models. */
    public CallbusConfig withLlm(LlmSettings other) {
        return new CallbusConfig(server, twilio, other, call, assets, tools, api, sandbox, verify, serviceNow);
    }

    /** The same with another HTTP server. */
    public CallbusConfig withServer(ServerSettings other) {
        return new CallbusConfig(other, twilio, llm, call, assets, tools, api, sandbox, verify, serviceNow);
    }

    /** The same with ServiceNow in another place. */
    public CallbusConfig withServiceNow(ServiceNowSettings other) {
        return new CallbusConfig(server, twilio, llm, call, assets, tools, api, sandbox, verify, other);
    }
}
