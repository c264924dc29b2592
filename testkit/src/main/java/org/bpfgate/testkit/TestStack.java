package org.bpfgate.testkit;

import java.time.Duration;
import java.util.List;
import org.bpfgate.framework.internal.dispatch.StandaloneEngine;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;

/**
 * A stack of modules that decides with the engine of a gate, without an OSGi framework. It requires no modules, and an empty one allows
 * every load. Safe for use by several threads.
 */
public final class TestStack implements AutoCloseable {
    /** {@code lsm.budget.callback} of a gate whose operator sets none. */
    static final Duration CALLBACK_BUDGET = Duration.ofSeconds(2);

    private final RecordedAudit audit = new RecordedAudit();
    private final StandaloneEngine engine;

    private TestStack(Duration callbackBudget) {
        engine = new StandaloneEngine(audit, callbackBudget);
    }

    /**
     * Makes a stack.
     *
     * @param modules the modules, in the order in which they are called
     * @throws IllegalArgumentException when two have one name
     */
    public static TestStack of(SecurityModule... modules) {
        return within(CALLBACK_BUDGET, modules);
    }

    /**
     * Makes a stack that gives each callback another time than the 2 seconds of a gate that sets none.
     *
     * @param callbackBudget how long a callback may take before its load is denied; more than 0
     */
    public static TestStack within(Duration callbackBudget, SecurityModule... modules) {
        TestStack stack = new TestStack(callbackBudget);
        for (SecurityModule module : modules) {
            stack.add(module);
        }
        return stack;
    }

    /**
     * Adds a module behind the others, as a bundle does that starts in a running gate.
     *
     * @throws IllegalArgumentException when there is a module of that name
     */
    public void add(SecurityModule module) {
        engine.add(module);
    }

    /** Decides on a load; the same as {@code hooks().bpfProgLoad(load)}. */
    public LoadDecision decide(ProgramLoad load) {
        return hooks().bpfProgLoad(load);
    }

    /** Returns all entry points. */
    public SecurityHooks hooks() {
        return engine.hooks();
    }

    /** Returns the records of the denials that the engine itself made. */
    public RecordedAudit audit() {
        return audit;
    }

    /**
     * Returns the last fault of each module that had one, such as {@code size failed: java.lang.IllegalStateException}: an exception, no
     * result, a second report, too much time. Each of them denied what was asked.
     */
    public List<String> faults() {
        return engine.health().stream()
                .filter(health -> !health.lastFault().isEmpty())
                .map(health -> health.lsm() + " " + health.lastFault())
                .toList();
    }

    /** Denies every call from now on. */
    @Override
    public void close() {
        engine.close();
    }
}
