package org.bpfgate.kernel.internal.session;

import java.util.EnumSet;
import java.util.Set;
import org.bpfgate.hook.BpfHook;
import org.bpfgate.hook.BpfMapCreateHook;
import org.bpfgate.hook.BpfMapHook;
import org.bpfgate.hook.BpfProgHook;
import org.bpfgate.hook.BpfTokenCreateHook;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.stack.SecurityHooks;

/**
 * The commands of bpf(2) for which the filter notifies the gate.
 *
 * <ul>
 *   <li>Loads.
 *   <li>Lookups of programs by id, which must not find the program of a trial.
 *   <li>Commands that a module has a hook for when the filter is installed. The filter never changes, so a module that comes later is
 *       asked about the same commands only.
 * </ul>
 *
 * <p>The other known commands cost a client nothing.
 *
 * @param commands the notified ones
 */
record NotifiedCommands(Set<BpfCommand> commands) {
    static NotifiedCommands of(SecurityHooks hooks) {
        if (hooks.isHooked(BpfHook.class)) {
            return new NotifiedCommands(EnumSet.allOf(BpfCommand.class));
        }
        NotifiedCommands some = new NotifiedCommands(EnumSet.of(BpfCommand.PROG_LOAD, BpfCommand.PROG_GET_FD_BY_ID));
        some.addIf(hooks, BpfMapCreateHook.class, BpfCommand.MAP_CREATE);
        some.addIf(hooks, BpfMapHook.class, BpfCommand.MAP_CREATE, BpfCommand.MAP_GET_FD_BY_ID, BpfCommand.OBJ_GET);
        some.addIf(hooks, BpfProgHook.class, BpfCommand.PROG_GET_FD_BY_ID, BpfCommand.OBJ_GET);
        some.addIf(hooks, BpfTokenCreateHook.class, BpfCommand.TOKEN_CREATE);
        return some;
    }

    private void addIf(SecurityHooks hooks, Class<? extends SecurityModule> hook, BpfCommand... decided) {
        if (hooks.isHooked(hook)) {
            commands.addAll(Set.of(decided));
        }
    }

    /** Returns their numbers in the system call. */
    int[] numbers() {
        return commands.stream().mapToInt(Enum::ordinal).toArray();
    }
}
