package org.bpfgate.observe.internal.decisions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlReply;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.observe.internal.decisions.DecisionLog.Reading;

/**
 * {@code decisions}: the last ones, and then those that come when the request says {@code follow}. It looks for them, so that nobody who
 * decides has to wake it.
 */
public final class DecisionsVerb implements ControlVerb {
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final long DEFAULT_LAST = 20;
    private static final Comparator<Decision> BY_TIME = Comparator.comparing(Decision::time);

    private final DecisionLog log;

    /** Tells what is in a log. */
    public DecisionsVerb(DecisionLog log) {
        this.log = log;
    }

    @Override
    public Map<String, ?> perform(ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        request.requireOnly("follow", "denied", "last");
        boolean deniedOnly = request.flag("denied");
        long last = request.number("last", DEFAULT_LAST);
        if (last < 0 || last > DecisionLog.KEPT) {
            throw new ControlException(
                    Kind.USAGE, "the last " + last + " decisions: 0 to " + DecisionLog.KEPT + " are kept");
        }
        Reading reading = log.read(Math.max(0, log.next() - DecisionLog.KEPT));
        List<Decision> kept = new ArrayList<>(reading.decisions());
        kept.removeIf(decision -> deniedOnly && !decision.isDenied());
        // The numbers are in the order of the answers.
        kept.sort(BY_TIME);
        for (Decision decision : kept.subList((int) Math.max(0, kept.size() - last), kept.size())) {
            reply.item(decision.members());
        }
        while (request.flag("follow")) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            reading = log.read(reading.next());
            if (reading.lost() > 0) {
                reply.item(Map.of("lost", reading.lost()));
            }
            List<Decision> come = new ArrayList<>(reading.decisions());
            come.sort(BY_TIME);
            for (Decision decision : come) {
                if (!deniedOnly || decision.isDenied()) {
                    reply.item(decision.members());
                }
            }
        }
        return Map.of();
    }
}
