package dev.callbus.bench;

import java.util.List;

/** The servers that are compared. */
enum ServerKind {
    /** Callbus itself. */
    CALLBUS("Callbus"),
    /** The yardstick. */
    MINIMAL("minimal relay");

    private final String title;

    ServerKind(String title) {
        this.title = title;
    }

    /** Its name in the table. */
    String title() {
        return title;
    }

    /** Flags of its own, main class and arguments. */
    List<String> command() {
        return switch (this) {
            case CALLBUS -> List.of("dev.callbus.Main", "serve");
            case MINIMAL -> List.of(ChildProcess.QUIET_LOG, MinimalRelay.class.getName());
        };
    }
}
