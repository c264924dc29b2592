package org.bpfgate.hook;

import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The {@code security_*} entry points, which whoever performs BPF commands calls. The framework registers one such service.
 * Safe for use by several threads.
 */
@ProviderType
public interface SecurityHooks {
    /**
     * {@code security_bpf_prog_load()}: may this program be loaded?
     *
     * <p>The load takes one snapshot of the stack and uses it to the end. First every
     * {@link BpfProgLoadIntegrityHook} in order; when all allow, every {@link BpfProgLoadHook} in order. The first denial
     * ends the walk and calls {@link #bpfProgFree} for the program. When a module's blob cannot be made, the result is
     * {@code ENOMEM} and no callback runs. A module that throws or returns null denies with {@code EFAULT}.
     *
     * @param load a load whose program was not decided on before
     * @return the decision; after a denial the caller loads nothing
     */
    LoadDecision bpfProgLoad(ProgramLoad load);

    /**
     * {@code security_bpf_prog_free()}: the program goes away. Calls every {@link BpfProgFreeHook} in order and drops the blobs.
     * A second call for the same program, and a call for one whose blobs were never made, does nothing.
     */
    void bpfProgFree(BpfProgram program);

    /** Returns the modules that the next load meets. */
    ModuleStack stack();
}
