package dev.callbus.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every exchange promises, wherever its two ends are. A subclass says which Vert.x asks and which one answers: the same
 * one, or two nodes of a cluster.
 */
abstract class BusContract {

    /** The messages of these tests. */
    sealed interface Talk extends Protocol {
        record Question(String text) implements Talk {}

        record Answer(String text) implements Talk {}

        record Count(int upTo) implements Talk {}

        record Figure(int value) implements Talk {}
    }

    abstract Vertx asking();

    abstract Vertx answering();

    abstract Reach reach();

    private final String address = "contract." + System.nanoTime();

    private Ask<Talk.Question, Talk.Answer> ask() {
        return new Ask<>(address, reach(), Duration.ofMillis(500));
    }

    private Stream<Talk.Count, Talk.Figure> stream() {
        return new Stream<>(address, reach(), Duration.ofSeconds(2), 8);
    }

    @Test
    void anAskIsAnswered() throws Exception {
        var ask = ask();
        ask.serve(answering(), question -> Future.succeededFuture(new Talk.Answer(question.text() + "!")))
                .await(5, SECONDS);
        assertThat(ask.send(asking(), new Talk.Question("Hi")).await(5, SECONDS))
                .isEqualTo(new Talk.Answer("Hi!"));
    }

    @Test
    void anAskThatNobodyServesFailsAtOnce() {
        assertFails(ask().send(asking(), new Talk.Question("Hi")), Failure.UNAVAILABLE);
    }

    @Test
    void anAskThatIsNotAnsweredTimesOut() throws Exception {
        var ask = ask();
        ask.serve(answering(), question -> Promise.<Talk.Answer>promise().future())
                .await(5, SECONDS);
        assertFails(ask.send(asking(), new Talk.Question("Hi")), Failure.TIMEOUT);
    }

    @Test
    void aHandlerThatThrowsIsAFailureForTheAsker() throws Exception {
        var ask = ask();
        ask.serve(answering(), question -> {
                    throw new IllegalStateException("broken");
                })
                .await(5, SECONDS);
        assertFails(ask.send(asking(), new Talk.Question("Hi")), Failure.INTERNAL);
    }

    @Test
    void aFailureKeepsItsKindAndMessage() throws Exception {
        var ask = ask();
        ask.serve(answering(), question -> Future.failedFuture(new BusException(Failure.CONFLICT, "there already")))
                .await(5, SECONDS);
        var answer = ask.send(asking(), new Talk.Question("Hi"));
        assertThatThrownBy(() -> answer.await(5, SECONDS))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.failure()).isEqualTo(Failure.CONFLICT))
                .hasMessageContaining("there already");
    }

    @Test
    void toldMessagesArriveInOrder() throws Exception {
        var tell = new Tell<Talk.Figure>(address, reach());
        var received = new ArrayList<Integer>();
        var all = Promise.<Void>promise();
        tell.serve(answering(), number -> {
                    received.add(number.value());
                    if (received.size() == 1000) {
                        all.complete();
                    }
                })
                .await(5, SECONDS);
        asking().runOnContext(v -> IntStream.range(0, 1000).forEach(i -> tell.send(asking(), new Talk.Figure(i))));
        all.future().await(10, SECONDS);
        assertThat(received).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void tellingNobodyFails() {
        assertFails(new Tell<Talk.Figure>(address, reach()).send(asking(), new Talk.Figure(1)), Failure.UNAVAILABLE);
    }

    @Test
    void aListenerThatThrowsGoesOnListening() throws Exception {
        var tell = new Tell<Talk.Figure>(address, reach());
        var second = Promise.<Integer>promise();
        tell.serve(answering(), number -> {
                    if (number.value() == 1) {
                        throw new IllegalStateException("broken");
                    }
                    second.complete(number.value());
                })
                .await(5, SECONDS);
        tell.send(asking(), new Talk.Figure(1)).await(5, SECONDS);
        tell.send(asking(), new Talk.Figure(2)).await(5, SECONDS);
        assertThat(second.future().await(5, SECONDS)).isEqualTo(2);
    }

    @Test
    void aClosedRegistrationIsDeaf() throws Exception {
        var tell = new Tell<Talk.Figure>(address, reach());
        tell.serve(answering(), number -> {}).await(5, SECONDS).close().await(5, SECONDS);
        assertFails(tell.send(asking(), new Talk.Figure(1)), Failure.UNAVAILABLE);
    }

    @Test
    void aTopicReachesAllWhoListen() throws Exception {
        var topic = new Topic<Talk.Figure>(address, reach());
        var first = Promise.<Talk>promise();
        var second = Promise.<Talk>promise();
        topic.subscribe(answering(), first::complete).await(5, SECONDS);
        topic.subscribe(answering(), second::complete).await(5, SECONDS);
        topic.publish(asking(), new Talk.Figure(7));
        assertThat(Future.all(first.future(), second.future()).await(5, SECONDS).<Talk>list())
                .containsOnly(new Talk.Figure(7));
    }

    @Test
    void aStreamArrivesWholeAndInOrderThoughTheReceiverIsSlow() throws Exception {
        serveCounting();
        var receiver = new Receiver();
        var inlet = onContext(() -> stream().inlet(asking(), address + ".sink", receiver));
        asking().runOnContext(v -> inlet.open(1, new Talk.Count(5000)));
        receiver.done.future().await(20, SECONDS);
        assertThat(receiver.numbers)
                .isEqualTo(LongStream.range(0, 5000).boxed().map(Long::intValue).toList());
    }

    @Test
    void aFullOutletSaysSoAndKeepsWhatIsEmittedAllTheSame() throws Exception {
        var full = new CopyOnWriteArrayList<Boolean>();
        stream()
                .serve(answering(), (count, outlet) -> {
                    for (int i = 0; i < count.upTo(); i++) {
                        outlet.emit(new Talk.Figure(i));
                    }
                    full.add(outlet.isFull());
                    outlet.end();
                })
                .await(5, SECONDS);
        var receiver = new Receiver();
        var inlet = onContext(() -> stream().inlet(asking(), address + ".sink", receiver));
        asking().runOnContext(v -> inlet.open(1, new Talk.Count(100)));
        receiver.done.future().await(5, SECONDS);
        assertThat(full).containsExactly(true);
        assertThat(receiver.numbers).hasSize(100);
    }

    @Test
    void aCancelledStreamStopsItsSourceAndIsSilent() throws Exception {
        var cancelled = Promise.<Void>promise();
        stream()
                .serve(answering(), (count, outlet) -> {
                    outlet.onCancel(cancelled::complete);
                    outlet.emit(new Talk.Figure(0));
                })
                .await(5, SECONDS);
        var receiver = new Receiver();
        var inlet = onContext(() -> stream().inlet(asking(), address + ".sink", receiver));
        asking().runOnContext(v -> {
            inlet.open(1, new Talk.Count(1));
            inlet.cancel(1);
        });
        cancelled.future().await(5, SECONDS);
        assertThat(receiver.numbers).isEmpty();
        assertThat(receiver.done.future().isComplete()).isFalse();
    }

    @Test
    void aSourceIsToldWhenItsReceiverIsGone() throws Exception {
        var cancelled = Promise.<Void>promise();
        var outlets = Promise.<StreamOutlet<Talk.Figure>>promise();
        stream()
                .serve(answering(), (count, outlet) -> outlets.complete(outlet.onCancel(cancelled::complete)))
                .await(5, SECONDS);
        var sinkless = new Ask<StreamProtocol.Open, StreamProtocol.Opened>(address, reach(), Duration.ofSeconds(2));
        sinkless.send(asking(), new StreamProtocol.Open(address + ".nowhere", 1, 4, new Talk.Count(1)))
                .await(5, SECONDS);
        var outlet = outlets.future().await(5, SECONDS);
        answering().runOnContext(v -> outlet.emit(new Talk.Figure(1)));
        cancelled.future().await(5, SECONDS);
    }

    @Test
    void aStreamThatFailsTellsWhy() throws Exception {
        stream()
                .serve(answering(), (count, outlet) -> {
                    outlet.emit(new Talk.Figure(0));
                    outlet.fail(Failure.BAD_GATEWAY, "the vendor is gone");
                })
                .await(5, SECONDS);
        assertStreamFails(Failure.BAD_GATEWAY);
    }

    @Test
    void aSourceThatThrowsIsAFailureOfTheStream() throws Exception {
        stream()
                .serve(answering(), (count, outlet) -> {
                    throw new IllegalStateException("broken");
                })
                .await(5, SECONDS);
        assertStreamFails(Failure.INTERNAL);
    }

    @Test
    void aStreamThatNobodyServesFails() throws Exception {
        assertStreamFails(Failure.UNAVAILABLE);
    }

    private void assertStreamFails(Failure failure) throws Exception {
        var receiver = new Receiver();
        var inlet = onContext(() -> stream().inlet(asking(), address + ".sink", receiver));
        asking().runOnContext(v -> inlet.open(1, new Talk.Count(1)));
        assertFails(receiver.done.future(), failure);
    }

    private void serveCounting() throws Exception {
        stream()
                .serve(answering(), (count, outlet) -> {
                    var counter = new Object() {
                        int next;

                        void run() {
                            while (!outlet.isFull() && next < count.upTo()) {
                                outlet.emit(new Talk.Figure(next++));
                            }
                            if (next == count.upTo()) {
                                outlet.end();
                            }
                        }
                    };
                    outlet.onDrain(counter::run);
                    counter.run();
                })
                .await(5, SECONDS);
    }

    private <T> T onContext(java.util.function.Supplier<Future<T>> action) throws Exception {
        var result = Promise.<T>promise();
        asking().runOnContext(v -> action.get().onComplete(result));
        return result.future().await(5, SECONDS);
    }

    private static void assertFails(Future<?> future, Failure failure) {
        assertThatThrownBy(() -> future.await(5, SECONDS))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }

    /** Takes a stream's numbers. */
    private static final class Receiver implements StreamHandler<Talk.Figure> {
        final List<Integer> numbers = new CopyOnWriteArrayList<>();
        final Promise<Void> done = Promise.promise();

        @Override
        public void item(long id, Talk.Figure item) {
            numbers.add(item.value());
        }

        @Override
        public void ended(long id, @org.jspecify.annotations.Nullable BusException cause) {
            if (cause == null) {
                done.complete();
            } else {
                done.fail(cause);
            }
        }
    }
}
