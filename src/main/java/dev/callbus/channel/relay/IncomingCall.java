package dev.callbus.channel.relay;

/** What is known of a call when Twilio asks what to do with it. */
public record IncomingCall(String callSid, String from, String to, String direction) {}
