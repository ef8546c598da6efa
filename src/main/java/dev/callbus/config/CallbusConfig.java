package dev.callbus.config;

/** Everything that a node is configured with, checked as a whole. */
public record CallbusConfig(
        ServerSettings server,
        TwilioSettings twilio,
        LlmSettings llm,
        CallSettings call,
        AssetSettings assets,
        SandboxSettings sandbox) {}
