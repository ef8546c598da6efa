package dev.callbus.scenario.file;

import dev.callbus.config.NearestName;
import dev.callbus.scenario.Scenario.Place;
import dev.callbus.scenario.ScenarioException;
import dev.callbus.scenario.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a scenario. */
final class StepReader {
    private static final String WITHIN = "within";
    private static final String HANG_UP = "hang_up";
    private static final int MANY = 1000;

    private static final List<String> ACTS =
            List.of("caller", "dtmf", "silence", "interrupt", "partial", "chaos", HANG_UP);
    private static final List<String> STEPS = List.of(
            "caller",
            "dtmf",
            "silence",
            "interrupt",
            "partial",
            "chaos",
            HANG_UP,
            "agent",
            "tool",
            "sms",
            "history",
            "state",
            "never_logged",
            "ends");

    private final Remembering remembering = new Remembering();

    /** The steps of this list. */
    List<Step> read(Written list) {
        var steps = new ArrayList<Step>();
        for (var item : list.items()) {
            var read = step(item);
            steps.addAll(read);
        }
        var order = new StepOrder(steps, list);
        order.check();
        return List.copyOf(steps);
    }

    private List<Step> step(Written item) {
        if (item.isText()) {
            if (item.text().equals(HANG_UP)) {
                return List.of(new Step.HangsUp(item.line()));
            }
            throw item.wrong(
                    "a step is only \"" + item.text() + "\"",
                    "Write \"- caller: words\" for what the caller says, or \"- agent: words\" for what he hears");
        }
        var entries = item.entries();
        var names = entries.keySet().stream().filter(key -> !key.equals(WITHIN)).toList();
        if (names.size() != 1) {
            throw item.wrong(
                    "a step has "
                            + (names.isEmpty() ? "nothing in it" : "several things in it: " + String.join(", ", names)),
                    "Begin a line with \"- \" for each of them");
        }
        var name = names.getFirst();
        var value = entry(entries, name);
        if (!STEPS.contains(name)) {
            throw value.wrong(
                    "there is no step \"" + name + "\"",
                    "Did you mean \"" + NearestName.of(name, STEPS) + "\"? The steps are " + String.join(", ", STEPS));
        }
        var limit = entries.get(WITHIN);
        if (limit != null
                && (ACTS.contains(name)
                        || List.of("history", "state", "never_logged").contains(name))) {
            throw limit.wrong(
                    "\"within\" says nothing about \"" + name + "\"", "Put it below agent, tool, sms or ends");
        }
        return read(name, value, limit == null ? null : limit.duration());
    }

    private static Written entry(Map<String, Written> entries, String name) {
        var value = entries.get(name);
        if (value == null) {
            throw new IllegalStateException(name);
        }
        return value;
    }

    private List<Step> read(String name, Written value, @Nullable Duration within) {
        return switch (name) {
            case "caller" -> List.of(says(value));
            case "dtmf" -> List.of(presses(value));
            case "silence" -> List.of(new Step.KeepsSilent(value.line(), value.duration()));
            case "interrupt" -> List.of(interrupts(value));
            case "partial" -> List.of(new Step.SaysPartially(value.line(), known(value)));
            case "chaos" -> List.of(chaos(value));
            case HANG_UP -> List.of(hangsUp(value));
            case "agent" -> new HearingReader(remembering).read(value, within);
            case "tool" -> List.of(new ToolStepReader(remembering).read(value, within));
            case "sms" -> List.of(new HearingReader(remembering).message(value, within));
            case "history" -> List.of(new StateReader(remembering).history(value));
            case "state" -> new StateReader(remembering).read(value);
            case "never_logged" ->
                List.of(new Step.NeverLogs(
                        value.line(),
                        value.itemsOrSelf().stream().map(this::known).toList()));
            default -> List.of(ends(value, within));
        };
    }

    private Step says(Written value) {
        if (value.isText()) {
            return new Step.Says(value.line(), known(value), false);
        }
        var keys = value.keys(List.of("says", "now"));
        return new Step.Says(value.line(), known(required(value, keys, "says")), yes(keys, "now"));
    }

    private Step presses(Written value) {
        if (value.isText()) {
            return new Step.Presses(value.line(), keypad(value), false);
        }
        var keys = value.keys(List.of("keys", "now"));
        return new Step.Presses(value.line(), keypad(required(value, keys, "keys")), yes(keys, "now"));
    }

    private String keypad(Written value) {
        var keys = known(value);
        if (!Remembering.without(keys).matches("[0-9*#]*")) {
            throw value.wrong("no telephone has the keys \"" + keys + "\"", "Write digits, * and #");
        }
        return keys;
    }

    private Step interrupts(Written value) {
        var keys = value.keys(List.of("after_words", "at", "says"));
        var after = keys.get("after_words");
        var at = keys.get("at");
        if ((after == null) == (at == null)) {
            throw value.wrong(
                    "it isn't clear when the caller interrupts",
                    "Write either \"after_words: 3\" or \"at: \" with words that the agent says");
        }
        var says = keys.get("says");
        return new Step.Interrupts(
                value.line(),
                after == null ? null : after.whole(1, MANY),
                at == null ? null : known(at),
                says == null ? null : known(says));
    }

    private Step hangsUp(Written value) {
        if (!value.yes()) {
            throw value.wrong("the caller doesn't hang up", "Leave the step out");
        }
        return new Step.HangsUp(value.line());
    }

    /** What breaks; also for what is broken from the beginning. */
    static Step.Chaos chaos(Written value) {
        if (value.isText()) {
            return new Step.Chaos(value.line(), TroubleReader.read(value), 1);
        }
        var keys = value.keys(List.of("trouble", "times"));
        var times = keys.get("times");
        return new Step.Chaos(
                value.line(),
                TroubleReader.read(required(value, keys, "trouble")),
                times == null ? 1 : times.whole(1, MANY));
    }

    private Step ends(Written value, @Nullable Duration within) {
        var reason = value.text();
        if (!StateReader.REASONS.contains(reason)) {
            throw value.wrong(
                    "no call ends with \"" + reason + "\"",
                    "Did you mean \"" + NearestName.of(reason, StateReader.REASONS) + "\"? The reasons are "
                            + String.join(", ", StateReader.REASONS));
        }
        return new Step.HasEnded(value.line(), reason.equals("any") ? null : reason, within);
    }

    static Written required(Written of, Map<String, Written> keys, String key) {
        var value = keys.get(key);
        if (value == null) {
            throw of.wrong(of.name() + " has no \"" + key + "\"", "Add \"" + key + ":\" below it");
        }
        return value;
    }

    private static boolean yes(Map<String, Written> keys, String key) {
        var value = keys.get(key);
        return value != null && value.yes();
    }

    private String known(Written value) {
        return remembering.known(value);
    }

    /** What a scenario's steps may stand behind one another. */
    private record StepOrder(List<Step> steps, Written list) {

        void check() {
            var last = last();
            if (last >= 0) {
                for (var step : steps.subList(last + 1, steps.size())) {
                    refuseAct(step);
                }
            }
            if (steps.stream().noneMatch(Step.Expectation.class::isInstance)) {
                throw list.wrong("the scenario expects nothing", "Add a step such as \"- agent: words\"");
            }
        }

        /** Where the call is over, or -1. */
        private int last() {
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i) instanceof Step.HangsUp || steps.get(i) instanceof Step.HasEnded) {
                    return i;
                }
            }
            return -1;
        }

        private void refuseAct(Step step) {
            boolean possible = switch (step) {
                case Step.Chaos chaos -> true;
                case Step.KeepsSilent silence -> true;
                case Step.Act act -> false;
                case Step.IsUp up -> false;
                case Step.Hears hears -> false;
                case Step.Expectation expectation -> true;
            };
            if (!possible) {
                throw new ScenarioException(
                        new Place(list.place().file(), step.line()),
                        "the call is over before this step",
                        "Move it before the step that ends the call");
            }
        }
    }
}
