package org.bpfgate.stack;

import java.util.function.Consumer;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.BpfToken;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.MapCreation;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.TokenCreation;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The {@code security_*} entry points, which whoever performs BPF commands calls. The framework registers one such service.
 * Safe for use by several threads.
 *
 * <p>Each call takes one snapshot of the stack and uses it to the end; the first denial ends the walk. Whatever is wrong with
 * a module denies: one that throws or returns null with {@code EFAULT}; one that overruns its time budget, or is stopped while
 * it is needed, with {@code ETIMEDOUT}; while a required module is missing, calls wait for it and then deny with
 * {@code EACCES}. {@code security_bpf_prog_load_post_integrity()} is not here: only a verifier calls it, through the
 * {@link IntegrityReporter} that it is handed.
 */
@ProviderType
public interface SecurityHooks {
    /**
     * {@code security_bpf_prog_load()}: may this program be loaded?
     *
     * <p>First every {@link BpfProgLoadIntegrityHook} in order; when all allow, every {@link BpfProgLoadHook} in order. A
     * denial calls {@link #bpfProgFree} for the program. When a module's blob cannot be made, the result is {@code ENOMEM} and
     * no callback runs. A load for which a decision on the instructions would be none on what runs is denied with
     * {@code EACCES} before any callback: see {@link org.bpfgate.program.LoadAttributes#evasion()}.
     *
     * <p>An allowed program is remembered with the state that modules keep on it until it is given back with {@link
     * #bpfProgFree}. Whoever does not do so loses memory with each load: the program's instructions (8 bytes each), the state of each
     * module that keeps some ({@link SecurityModule#programBlob()}), and some 350 bytes for the rest. (Measured with 200,000 programs of
     * one instruction and a state of 24 bytes on a 64-bit JDK 25 with compressed references; the heap grew by 349 bytes for each.) A
     * stack without such a module remembers nothing.
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

    /** {@code security_bpf_prog()}: may a file descriptor for the program be made? */
    HookResult bpfProg(BpfProgram program);

    /** {@code security_bpf()}: may the command be performed at all? */
    HookResult bpf(BpfRequest request);

    /** {@code security_bpf_map()}: may a file descriptor for the map be made? */
    HookResult bpfMap(BpfMap map, FileMode mode);

    /**
     * {@code security_bpf_map_create()}: may the map be created? A denial calls {@link #bpfMapFree}; {@code ENOMEM} as for
     * {@link #bpfProgLoad}.
     */
    HookResult bpfMapCreate(MapCreation creation);

    /** {@code security_bpf_map_free()}: the map goes away; as {@link #bpfProgFree}. */
    void bpfMapFree(BpfMap map);

    /**
     * {@code security_bpf_token_create()}: may the token be created? A denial calls {@link #bpfTokenFree}; {@code ENOMEM} as for
     * {@link #bpfProgLoad}.
     */
    HookResult bpfTokenCreate(TokenCreation creation);

    /** {@code security_bpf_token_free()}: the token goes away; as {@link #bpfProgFree}. */
    void bpfTokenFree(BpfToken token);

    /** {@code security_bpf_token_cmd()}: does the token allow the command? The caller has looked at the token's mask. */
    HookResult bpfTokenCmd(BpfToken token, BpfCommand command);

    /**
     * {@code security_bpf_token_capable()}: does the token grant the capability? The caller has looked at its user namespace.
     *
     * @param capability a number of {@code include/uapi/linux/capability.h}
     */
    HookResult bpfTokenCapable(BpfToken token, int capability);

    /**
     * Runs work that calls these entry points on this thread, with somebody else to answer when a module hangs. Callbacks run
     * on the calling thread, and a hanging one cannot be taken off it; so a caller whose client waits passes here what tells
     * the client. The entry point itself returns the same denial as soon as the module lets go of the thread.
     *
     * @param lateAnswer called at most once for each call that overruns, on another thread, with the denial
     * @param work calls entry points
     */
    void answering(Consumer<HookResult> lateAnswer, Runnable work);

    /**
     * Returns whether a module of the present stack has a callback. A mediator need not bother anybody with commands that
     * nobody decides on.
     *
     * @param hook one of the thirteen hook interfaces of this package
     */
    boolean isHooked(Class<? extends SecurityModule> hook);

    /** Returns the modules that the next call meets. */
    ModuleStack stack();
}
