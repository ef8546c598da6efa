package dev.callbus.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How callers prove who they are.
 *
 * @param serviceSid the Verify service ({@code VA…}), or null if there is none and nobody can be verified
 * @param codeLength digits of a code, 4 to 10, as the Verify service has it
 * @param grantLife how long a proof holds within its call
 * @param sealKey what challenges and grants are sealed with, the same on all nodes
 * @param sendsPerCall how many codes one call may ask for
 * @param checksPerCall how many codes one call may try
 * @param sendsPerNumberAndDay how many codes one number may get within a day
 * @param sendsPerDay how many codes this node may send within a day
 */
public record VerifySettings(
        @Nullable String serviceSid,
        int codeLength,
        Duration grantLife,
        Secret sealKey,
        int sendsPerCall,
        int checksPerCall,
        int sendsPerNumberAndDay,
        int sendsPerDay) {}
