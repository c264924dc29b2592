package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.serve.internal.history.Change;
import org.bpfgate.serve.internal.history.History;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;

/** Changes the order of the modules, and which are required, by the settings of the stack. */
final class StackOrder {
    /** Of the settings of the stack. */
    static final String PID = "org.bpfgate.framework";

    static final String ORDER = "lsm.order";
    static final String REQUIRED = "lsm.required";

    /** Requires no module at all. */
    private static final String NONE = "none";

    /** Settings arrive within milliseconds, or within the two seconds after which changed files are read. */
    private static final Duration ARRIVAL = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 10;

    private final SecurityHooks hooks;
    private final StackAdmin admin;
    private final StackSettings settings;
    private final ModulePlaces places;
    private final Transaction changes;
    private final History history;

    StackOrder(
            SecurityHooks hooks,
            StackAdmin admin,
            StackSettings settings,
            ModulePlaces places,
            Transaction changes,
            History history) {
        this.hooks = hooks;
        this.admin = admin;
        this.settings = settings;
        this.places = places;
        this.changes = changes;
        this.history = history;
    }

    /** Lets modules come first, in this order; none for the order of rankings. */
    Map<String, ?> order(List<String> names, ControlPeer peer) throws ControlException {
        places.check(names);
        String what = names.isEmpty() ? "order by ranking" : "order " + String.join(",", names);
        return write(ORDER, names, what, () -> admin.order().equals(names), peer);
    }

    /** Requires modules; the one word {@code none} requires none. */
    Map<String, ?> require(List<String> names, boolean force, ControlPeer peer) throws ControlException {
        if (names.isEmpty()) {
            throw new ControlException(Kind.USAGE, "name the modules that are required, or " + NONE);
        }
        boolean isNone = names.equals(List.of(NONE));
        if (!isNone) {
            places.check(names);
        }
        Set<String> present = new HashSet<>();
        hooks.stack().modules().forEach(entry -> present.add(entry.lsm().name()));
        Set<String> missing = new TreeSet<>(isNone ? List.of() : names);
        missing.removeAll(present);
        if (!missing.isEmpty() && !force) {
            throw new ControlException(
                    Kind.REFUSED,
                    String.join(", ", missing) + " is not in the stack: required, it would hold and deny every load; to"
                            + " require it all the same, say --force");
        }
        Set<String> wanted = isNone ? Set.of() : new HashSet<>(names);
        return write(
                REQUIRED,
                names,
                "require " + String.join(",", names),
                () -> new HashSet<>(admin.required()).equals(wanted),
                peer);
    }

    private Map<String, ?> write(
            String key, List<String> names, String what, BooleanSupplier isInForce, ControlPeer peer)
            throws ControlException {
        return changes.exclusively(() -> {
            long before = hooks.stack().generation();
            try {
                settings.write(PID, Map.of(key, String.join(",", names)));
            } catch (IOException e) {
                throw Transaction.failed("nothing has changed", e);
            }
            await(key, isInForce);
            long after = hooks.stack().generation();
            history.add(new Change(Instant.now(), peer.uid(), peer.pid(), what, before, after));
            return Map.of("before", before, "after", after);
        });
    }

    private static void await(String key, BooleanSupplier isInForce) throws ControlException {
        long deadline = System.nanoTime() + ARRIVAL.toNanos();
        while (!isInForce.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new ControlException(
                        Kind.FAILED, key + " was written and is not in force yet: look at bpfgate status and the log");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
