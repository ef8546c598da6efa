package dev.callbus.verify;

import dev.callbus.bus.Ask;
import dev.callbus.bus.Reach;
import java.time.Duration;

/** The addresses of verification. */
public final class VerifyBus {
    private static final Duration TIMEOUT = Duration.ofSeconds(7);

    public static final Ask<VerifyProtocol.SendCode, VerifyProtocol.CodeSent> SEND =
            new Ask<>("verify.send", Reach.NODE, TIMEOUT);

    public static final Ask<VerifyProtocol.CheckCode, VerifyProtocol.Checked> CHECK =
            new Ask<>("verify.check", Reach.NODE, TIMEOUT);

    private VerifyBus() {}
}
