package dev.callbus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.function.Function;

/**
 * A question that one verticle answers: where to send it, how far, and how long to wait for the answer.
 *
 * @param timeout after which the ask fails with {@link Failure#TIMEOUT}
 */
public record Ask<Q extends Protocol, A extends Protocol>(String address, Reach reach, Duration timeout) {

    /** Asks; fails with a {@link BusException} when nobody listens, nobody answers in time, or the answer is a failure. */
    public Future<A> send(Vertx vertx, Q question) {
        var options = new DeliveryOptions().setLocalOnly(reach == Reach.NODE).setSendTimeout(timeout.toMillis());
        return vertx.eventBus()
                .<A>request(address, question, options)
                .map(Message::body)
                .recover(cause -> Future.failedFuture(BusException.at(address, cause)));
    }

    /** Answers the question from now on; a thrown exception and a failed future both become a failure for the asker. */
    public Future<Registration> serve(Vertx vertx, Function<Q, Future<A>> handler) {
        return Consumers.register(
                vertx,
                address,
                reach,
                (Message<Q> message) -> answer(handler, message)
                        .onComplete(
                                message::reply,
                                cause -> message.fail(Failure.of(cause).code(), String.valueOf(cause.getMessage()))));
    }

    private Future<A> answer(Function<Q, Future<A>> handler, Message<Q> message) {
        try {
            return handler.apply(message.body());
        } catch (RuntimeException e) {
            Consumers.logFailure(address, message.body(), e);
            return Future.failedFuture(e);
        }
    }
}
