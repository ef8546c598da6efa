package dev.callbus.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/** Listens to all that the server logs from debug on, shown or not, while a scenario plays on this thread. */
final class LogEars implements AutoCloseable {
    /** How the names of threads begin that play scenarios side by side. */
    static final String THREADS = "scenario-";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Listener listener = new Listener(Thread.currentThread());
    private final LoggerContext context;

    private LogEars(LoggerContext context) {
        this.context = context;
    }

    static LogEars open() {
        var ears = new LogEars((LoggerContext) LoggerFactory.getILoggerFactory());
        ears.context.addTurboFilter(ears.listener);
        return ears;
    }

    /** What was logged, each entry with its exception. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        context.getTurboFilterList().remove(listener);
    }

    /** Hears before levels are looked at, and never decides. */
    private final class Listener extends TurboFilter {
        private final Thread own;

        Listener(Thread own) {
            this.own = own;
        }

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] parameters,
                @Nullable Throwable thrown) {
            if (format != null && level.isGreaterOrEqual(Level.DEBUG) && isOurs() && isOfTheServer(logger)) {
                var filled = MessageFormatter.arrayFormat(format, parameters, thrown);
                lines.add(filled.getMessage() + trace(filled.getThrowable()));
            }
            return FilterReply.NEUTRAL;
        }

        private boolean isOurs() {
            var current = Thread.currentThread();
            return current.equals(own) || !current.getName().startsWith(THREADS);
        }

        private static boolean isOfTheServer(Logger logger) {
            return logger.getName().startsWith("dev.callbus.")
                    && !logger.getName().startsWith("dev.callbus.sandbox.");
        }

        private static String trace(@Nullable Throwable thrown) {
            return thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(new ThrowableProxy(thrown));
        }
    }
}
