package dev.callbus.call;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.CallSettings;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parent of all calls of a node: opens each as a verticle of its own, takes it down when it is over, and drains. */
public final class CallSupervisor extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(CallSupervisor.class);

    private final CallSettings settings;
    private final ToolRegistry tools;
    private final Map<String, Future<String>> calls = new HashMap<>();
    private @Nullable Promise<SupervisorProtocol.Drained> draining;
    private int drained;

    public CallSupervisor(CallSettings settings, ToolRegistry tools) {
        this.settings = settings;
        this.tools = tools;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                ServiceNowBus.FILED.subscribe(vertx, this::filed),
                CallBus.OPEN.serve(vertx, this::open),
                CallBus.OVER.serve(vertx, this::over),
                CallBus.drain(Duration.ZERO).serve(vertx, this::drain));
    }

    private void filed(ServiceNowProtocol.Filed filed) {
        if (calls.containsKey(filed.callSid())) {
            var ticket = filed.ticket();
            CallBus.call(filed.callSid())
                    .send(vertx, new CallProtocol.TicketFiled(new Standing.Concern(ticket.number(), ticket.sysId())));
        }
    }

    private Future<SupervisorProtocol.Opened> open(SupervisorProtocol.Open open) {
        var callSid = open.setup().callSid();
        if (draining != null) {
            return Future.failedFuture(new BusException(Failure.BUSY, "this node takes no more calls"));
        }
        if (calls.containsKey(callSid)) {
            return Future.failedFuture(new BusException(Failure.CONFLICT, "the call is up already"));
        }
        var deployment = vertx.deployVerticle(new CallVerticle(open, settings, tools));
        calls.put(callSid, deployment);
        return deployment
                .onSuccess(id -> log.info("call began [call: {}, calls: {}]", callSid, calls.size()))
                .onFailure(cause -> calls.remove(callSid))
                .map(id -> new SupervisorProtocol.Opened(callSid));
    }

    private void over(SupervisorProtocol.Over over) {
        var deployment = calls.remove(over.callSid());
        if (deployment != null) {
            deployment
                    .compose(vertx::undeploy)
                    .onFailure(cause -> log.warn("call could not be taken down [call: {}]", over.callSid(), cause));
        }
        checkDrained();
    }

    private Future<SupervisorProtocol.Drained> drain(SupervisorProtocol.Drain drain) {
        if (draining == null) {
            draining = Promise.promise();
            drained = calls.size();
            var goodbye = new CallProtocol.HangUp(
                    drain.goodbye(), new Handoff(Handoff.NODE_STOPPING, "The server is stopping"));
            calls.keySet().forEach(callSid -> CallBus.call(callSid).send(vertx, goodbye));
            checkDrained();
        }
        return draining.future();
    }

    private void checkDrained() {
        if (draining != null && calls.isEmpty()) {
            draining.tryComplete(new SupervisorProtocol.Drained(drained));
        }
    }
}
