package org.bpfgate.command.internal.doctor;

import org.bpfgate.hook.BpfMapCreateHook;
import org.bpfgate.hook.BpfMapHook;
import org.bpfgate.hook.BpfProgHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.MapCreation;

/**
 * Allows everything. That it is there makes the gate perform the commands that it decides on, so that their errors are seen: map
 * creation, and descriptors by number and by path.
 */
public final class ObservingModule implements BpfMapCreateHook, BpfMapHook, BpfProgHook {
    private static final LsmId ID = LsmId.named("doctor");

    @Override
    public LsmId lsmId() {
        return ID;
    }

    @Override
    public HookResult bpfMapCreate(MapCreation creation) {
        return HookResult.ALLOW;
    }

    @Override
    public HookResult bpfMap(BpfMap map, FileMode mode) {
        return HookResult.ALLOW;
    }

    @Override
    public HookResult bpfProg(BpfProgram program) {
        return HookResult.ALLOW;
    }
}
