package dev.callbus.llm.dialog.flow.file;

import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.Form;
import dev.callbus.llm.dialog.flow.ResultCase;
import dev.callbus.llm.dialog.flow.Rule;
import dev.callbus.llm.dialog.flow.Step;
import java.util.List;
import java.util.stream.Stream;

/** All actions of a flow, wherever they are. */
final class FlowActions {
    private FlowActions() {}

    static Stream<Action> of(Flow flow) {
        var moments = flow.moments();
        return Stream.of(
                        Stream.ofNullable(moments.first()),
                        moments.greeting().stream(),
                        moments.escalate().stream(),
                        flow.rules().stream().map(Rule::action),
                        flow.forms().values().stream().flatMap(FlowActions::of),
                        flow.questions().values().stream()
                                .flatMap(question -> Stream.of(question.yes(), question.no(), question.then())
                                        .flatMap(List::stream)),
                        flow.results().values().stream().flatMap(List::stream).map(ResultCase::action))
                .flatMap(actions -> actions)
                .flatMap(FlowActions::withOtherwise);
    }

    private static Stream<Action> of(Form form) {
        return Stream.concat(form.steps().stream().flatMap(FlowActions::of), form.then().stream());
    }

    private static Stream<Action> of(Step step) {
        return switch (step) {
            case Step.Ask ask -> Stream.concat(ask.yes().stream(), ask.no().stream());
            case Step.Call call -> call.use().otherwise().stream();
            case Step.Sub sub -> Stream.empty();
            case Step.Tell tell -> Stream.empty();
            case Step.Choose choose -> Stream.empty();
        };
    }

    private static Stream<Action> withOtherwise(Action action) {
        return action.call() == null
                ? Stream.of(action)
                : Stream.concat(
                        Stream.of(action), action.call().otherwise().stream().flatMap(FlowActions::withOtherwise));
    }
}
