package org.bpfgate.framework.internal.call;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** The way of a load that nobody asks for: neither records nor listeners hear of the decision, and no module's health changes. */
public final class DryRunCall extends LoadCall {
    private final UnaryOperator<Generation> choice;
    private final Consumer<HookResult> overdue;

    /**
     * Makes a call through the current stack.
     *
     * @param load a load whose program no hook has seen
     */
    public DryRunCall(ProgramLoad load) {
        this(load, UnaryOperator.identity(), denial -> {});
    }

    /**
     * Makes a call through another stack.
     *
     * @param choice gives that stack, always the same for one live generation
     * @param overdue called with the denial, on another thread, when a module overruns its time budget or has to stop meanwhile
     */
    public DryRunCall(ProgramLoad load, UnaryOperator<Generation> choice, Consumer<HookResult> overdue) {
        super(load);
        this.choice = choice;
        this.overdue = overdue;
    }

    @Override
    Generation choose(Generation live) {
        return choice.apply(live);
    }

    @Override
    public boolean isDryRun() {
        return true;
    }

    @Override
    void ended(HookResult how, @Nullable LsmId by) {
        if (!hasEndedItself()) {
            overdue.accept(how);
        }
    }

    @Override
    public HookCall newFrees() {
        return new Frees();
    }

    /** The end of the program of a dry run. */
    private final class Frees extends HookCall {
        @Override
        Generation choose(Generation live) {
            return choice.apply(live);
        }

        @Override
        public boolean isDryRun() {
            return true;
        }
    }
}
