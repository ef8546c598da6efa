package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * A recording's MP3.
 *
 * @param piece of it
 * @param times how often the piece comes
 */
public record Sound(Buffer piece, int times) {

    /** Sends it without saying how long it is. */
    Future<Void> sendTo(HttpServerResponse response) {
        response.setChunked(true).putHeader("content-type", "audio/mpeg");
        return send(response, times);
    }

    private Future<Void> send(HttpServerResponse response, int left) {
        return left == 0 ? response.end() : response.write(piece.copy()).compose(written -> send(response, left - 1));
    }
}
