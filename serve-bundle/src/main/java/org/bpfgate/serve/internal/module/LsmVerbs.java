package org.bpfgate.serve.internal.module;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.serve.internal.history.Change;
import org.bpfgate.serve.internal.history.History;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** The verbs {@code lsm.…} of the control socket. */
final class LsmVerbs {
    /** A start and an uninstall that hang, and the loads that a stop waits for. */
    private static final long TIMEOUT_MILLIS = 120_000;

    private static final String NAME = "name";
    private static final String FILE = "file";
    private static final String FORCE = "force";
    private static final String OLDER = "allowOlder";
    private static final String NAMES = "names";

    private final SecurityHooks hooks;
    private final ModuleChanges changes;
    private final StackOrder order;
    private final ModuleTable table;
    private final History history;
    private final List<ServiceRegistration<ControlVerb>> registrations = new ArrayList<>();

    LsmVerbs(SecurityHooks hooks, ModuleChanges changes, StackOrder order, ModuleTable table, History history) {
        this.hooks = hooks;
        this.changes = changes;
        this.order = order;
        this.table = table;
        this.history = history;
    }

    /** A verb that answers with a result only. */
    private interface Edit {
        Map<String, ?> make(ControlRequest request) throws ControlException;
    }

    /** Registers the verbs. */
    void open(BundleContext context) {
        register(context, "lsm.list", false, (request, reply) -> {
            request.requireOnly();
            ModuleStack stack = hooks.stack();
            for (Map<String, Object> row : table.rows(stack)) {
                reply.item(row);
            }
            return Map.of("generation", stack.generation(), "problems", stack.problems());
        });
        register(context, "lsm.history", false, (request, reply) -> {
            request.requireOnly();
            for (Change change : history.changes()) {
                reply.item(change.members());
            }
            return Map.of("generation", hooks.stack().generation());
        });
        change(
                context,
                "lsm.install",
                List.of(FILE, OLDER),
                request -> changes.install(file(request), request.flag(OLDER), request.peer()));
        change(
                context,
                "lsm.replace",
                List.of(NAME, FILE, OLDER),
                request -> changes.replace(request.text(NAME), file(request), request.flag(OLDER), request.peer()));
        change(context, "lsm.rollback", List.of(NAME), request -> changes.rollback(request.text(NAME), request.peer()));
        change(
                context,
                "lsm.stop",
                List.of(NAME, FORCE),
                request -> changes.stop(request.text(NAME), request.flag(FORCE), request.peer()));
        change(context, "lsm.start", List.of(NAME), request -> changes.start(request.text(NAME), request.peer()));
        change(
                context,
                "lsm.remove",
                List.of(NAME, FORCE),
                request -> changes.remove(request.text(NAME), request.flag(FORCE), request.peer()));
        change(context, "lsm.order", List.of(NAMES), request -> order.order(request.texts(NAMES), request.peer()));
        change(
                context,
                "lsm.require",
                List.of(NAMES, FORCE),
                request -> order.require(request.texts(NAMES), request.flag(FORCE), request.peer()));
    }

    private void change(BundleContext context, String name, List<String> arguments, Edit change) {
        register(context, name, true, (request, reply) -> {
            request.requireOnly(arguments.toArray(String[]::new));
            return change.make(request);
        });
    }

    private void register(BundleContext context, String name, boolean changesSomething, ControlVerb verb) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(ControlVerb.NAME, name);
        properties.put(ControlVerb.CHANGES, changesSomething);
        properties.put(ControlVerb.TIMEOUT, TIMEOUT_MILLIS);
        registrations.add(context.registerService(ControlVerb.class, verb, FrameworkUtil.asDictionary(properties)));
    }

    private static Path file(ControlRequest request) throws ControlException {
        String text = request.text(FILE);
        try {
            Path file = Path.of(text);
            if (file.isAbsolute()) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new ControlException(Kind.USAGE, "argument file is no path: " + e.getReason());
        }
        throw new ControlException(Kind.USAGE, "argument file is an absolute path, not " + text);
    }

    /** Withdraws the verbs. */
    void close() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
    }
}
