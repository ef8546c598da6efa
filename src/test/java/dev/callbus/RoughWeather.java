package dev.callbus;

import dev.callbus.sandbox.servicenow.ServiceNowFaults;
import java.time.Duration;
import java.util.Random;

/** Troubles of a ServiceNow instance by chance: some for single requests, and now and then one of the whole instance. */
final class RoughWeather implements AutoCloseable {
    /** Longer than a client waits, and less than it waits before it takes a write for not done. */
    private static final int LATE = 1200;

    private final HelpDeskRig desk;
    private final ServiceNowFaults faults;
    private final Random chance;
    private boolean over;

    RoughWeather(HelpDeskRig desk, Random chance) {
        this.desk = desk;
        this.faults = desk.serviceNow.faults();
        this.chance = chance;
        fair();
    }

    /** Orders trouble for up to three of the next requests. */
    void strike(Random dice) {
        for (int times = dice.nextInt(4); times > 0; times--) {
            var where = switch (dice.nextInt(7)) {
                case 0, 1 -> faults.on("POST", "/incident");
                case 2 -> faults.on("GET", "/incident");
                case 3 -> faults.on("POST", "/interaction");
                case 4 -> faults.on("POST", "/attachment");
                case 5 -> faults.on("PATCH", "/incident");
                default -> faults.on("");
            };
            trouble(where, dice);
        }
    }

    private static void trouble(ServiceNowFaults where, Random dice) {
        var late = Duration.ofMillis(300L + dice.nextInt(LATE));
        switch (dice.nextInt(12)) {
            case 0, 1 -> where.loseAnswersOfNext(1 + dice.nextInt(2));
            case 2, 3 -> where.delayAnswersOfNext(1 + dice.nextInt(2), late);
            case 4 -> where.slowDownNext(1, late);
            case 5 -> where.failNext(1 + dice.nextInt(2), 500);
            case 6 -> where.failNext(1, 503);
            case 7, 8 -> where.hangUpBeforeNext(1 + dice.nextInt(2));
            case 9 -> where.truncateAnswersOfNext(1);
            case 10 -> where.garbleAnswersOfNext(1);
            default -> where.throttleNext(1, Duration.ofSeconds(dice.nextInt(2)));
        }
    }

    private synchronized void fair() {
        if (!over) {
            desk.vertx.setTimer(2000 + chance.nextInt(6000), done -> foul());
        }
    }

    private synchronized void foul() {
        if (over) {
            return;
        }
        if (chance.nextBoolean()) {
            faults.goDown();
        } else {
            faults.hibernate();
        }
        desk.vertx.setTimer(200 + chance.nextInt(1500), done -> {
            faults.wakeUp();
            fair();
        });
    }

    /** All is well from now on. */
    @Override
    public synchronized void close() {
        over = true;
        faults.clear();
    }
}
