package org.bpfgate.serve.internal.restart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlReply;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.mediation.ReleasedListener;
import org.bpfgate.serve.internal.restart.TakeOver.Step;
import org.jspecify.annotations.Nullable;

/**
 * The running gate's side of {@code serve --take-over}. The other gate asks for {@code take-over}, and keeps that connection until the end:
 * its end is the end of the attempt. By a second connection it says {@code take-over.release} when its modules are there, whereupon the
 * listeners come as items of the first one, and {@code take-over.ready} when it mediates. Safe for use by several threads.
 */
public final class TakeOverVerbs {
    /** The version of the protocol, the argument {@code protocol} of the request. */
    static final long PROTOCOL = 1;

    private final ListenerRegister register;
    private final Consumer<TakeOver> gate;
    private final boolean isService;
    private final Consumer<String> refuseChanges;
    private final AtomicReference<@Nullable TakeOver> present = new AtomicReference<>();

    /**
     * Prepares.
     *
     * @param register describes listeners
     * @param gate performs an attempt, on a thread of its own
     * @param isService whether systemd looks after this process, which then would start it again
     * @param refuseChanges takes why no change is made, and nothing when changes are made again
     */
    public TakeOverVerbs(
            ListenerRegister register, Consumer<TakeOver> gate, boolean isService, Consumer<String> refuseChanges) {
        this.register = register;
        this.gate = gate;
        this.isService = isService;
        this.refuseChanges = refuseChanges;
    }

    /** {@code take-over}: a change without a limit of time, as the attempt has its own. */
    public Map<String, ?> begin(ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        request.requireOnly("protocol");
        long protocol = request.number("protocol", 0);
        if (protocol != PROTOCOL) {
            throw new ControlException(
                    Kind.USAGE,
                    "this gate hands over by version " + PROTOCOL
                            + " of the protocol and the new one takes over by version " + protocol
                            + "; stop this one and start the new one");
        }
        if (isService) {
            throw new ControlException(
                    Kind.REFUSED,
                    "this gate is a service of systemd, which hands its listeners on: restart the service");
        }
        TakeOver attempt = new TakeOver(request.peer());
        present.set(attempt);
        refuseChanges.accept("the gate is handing its listeners over to process "
                + request.peer().pid() + "; try again");
        try {
            return perform(attempt, reply);
        } finally {
            attempt.say(Step.GONE);
            present.set(null);
            refuseChanges.accept("");
        }
    }

    private Map<String, ?> perform(TakeOver attempt, ControlReply reply) throws ControlException, InterruptedException {
        gate.accept(attempt);
        if (!get(attempt.prepared())) {
            throw goesOn();
        }
        reply.item(Map.of("prepared", true));
        List<ReleasedListener> all = get(attempt.released());
        if (!attempt.end().isDone()) {
            reply.item(Map.of("listeners", all.size()));
        }
        for (ReleasedListener each : all) {
            if (attempt.end().isDone()) {
                break;
            }
            Map<String, Object> members = new LinkedHashMap<>(ListenerText.members(register.entry(each.attached())));
            reply.item(members, each.descriptor());
        }
        if (!get(attempt.end())) {
            throw goesOn();
        }
        return Map.of("listeners", all.size(), "to", attempt.peer().pid());
    }

    private static ControlException goesOn() {
        return new ControlException(Kind.FAILED, "the new gate was not ready in time, so this one goes on");
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code take-over.release}: the modules of the other gate are there. */
    public Map<String, ?> release(ControlRequest request, ControlReply reply) throws ControlException {
        request.requireOnly();
        attemptOf(request).say(Step.RELEASE);
        return Map.of();
    }

    /** {@code take-over.ready}: the other gate mediates. Answers when this one will not mediate any more. */
    public Map<String, ?> ready(ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        request.requireOnly();
        TakeOver attempt = attemptOf(request);
        attempt.say(Step.READY);
        if (!get(attempt.end())) {
            throw goesOn();
        }
        return Map.of();
    }

    private TakeOver attemptOf(ControlRequest request) throws ControlException {
        TakeOver attempt = present.get();
        if (attempt == null || attempt.peer().pid() != request.peer().pid()) {
            throw new ControlException(
                    Kind.USAGE, "this process is not taking over; \"bpfgate serve --take-over\" does");
        }
        return attempt;
    }
}
