package org.bpfgate.framework.internal.dispatch;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.BpfToken;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.MapCreation;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.TokenCreation;
import org.bpfgate.stack.SecurityHooks;

/**
 * The int hooks as a table: the kernel's name of the hook, what a module named {@code first} gets first, the entry point that
 * leads there, and the free hook that a denial runs, if any.
 */
@SuppressWarnings("ImmutableEnumChecker") // The functions keep no state, which the compiler cannot see.
public enum EntryPoint {
    BPF("bpf", a -> List.of(a.request), (hooks, a) -> hooks.bpf(a.request), ""),
    BPF_MAP("bpf_map", a -> List.of(a.map, FileMode.READ), (hooks, a) -> hooks.bpfMap(a.map, FileMode.READ), ""),
    BPF_PROG("bpf_prog", a -> List.of(a.program), (hooks, a) -> hooks.bpfProg(a.program), ""),
    BPF_MAP_CREATE(
            "bpf_map_create",
            a -> List.of(a.mapCreation),
            (hooks, a) -> hooks.bpfMapCreate(a.mapCreation),
            "bpf_map_free"),
    BPF_PROG_LOAD_POST_INTEGRITY(
            "bpf_prog_load_post_integrity",
            a -> List.of(a.load, LsmId.named("first"), EveryHook.REPORT),
            (hooks, a) -> hooks.bpfProgLoad(a.load).result(),
            "bpf_prog_free"),
    BPF_PROG_LOAD_INTEGRITY(
            "bpf_prog_load_integrity",
            a -> List.of(a.load),
            (hooks, a) -> hooks.bpfProgLoad(a.load).result(),
            "bpf_prog_free"),
    BPF_PROG_LOAD(
            "bpf_prog_load",
            a -> List.of(a.load),
            (hooks, a) -> hooks.bpfProgLoad(a.load).result(),
            "bpf_prog_free"),
    BPF_TOKEN_CREATE(
            "bpf_token_create",
            a -> List.of(a.tokenCreation),
            (hooks, a) -> hooks.bpfTokenCreate(a.tokenCreation),
            "bpf_token_free"),
    BPF_TOKEN_CMD(
            "bpf_token_cmd",
            a -> List.of(a.token, BpfCommand.PROG_LOAD),
            (hooks, a) -> hooks.bpfTokenCmd(a.token, BpfCommand.PROG_LOAD),
            ""),
    BPF_TOKEN_CAPABLE(
            "bpf_token_capable",
            a -> List.of(a.token, Arguments.CAP_BPF),
            (hooks, a) -> hooks.bpfTokenCapable(a.token, Arguments.CAP_BPF),
            "");

    /** What is handed to the entry points. */
    public static final class Arguments {
        /** {@code CAP_BPF} of {@code include/uapi/linux/capability.h}. */
        static final int CAP_BPF = 39;

        final BpfRequest request = new BpfRequest(BpfCommand.PROG_LOAD, new byte[] {1, 2, 3}, LoadOrigin.KERNEL);
        final BpfProgram program = TestStack.program();
        final ProgramLoad load = ProgramLoad.of(program).withKeyring(7).withOrigin(LoadOrigin.KERNEL);
        final BpfToken token = new BpfToken(1, 2, 4, 8);
        final BpfMap map = new BpfMap("counters", 2, 4, 8, 1, 0);
        final MapCreation mapCreation = new MapCreation(map, Optional.of(token), LoadOrigin.KERNEL);
        final TokenCreation tokenCreation = new TokenCreation(token, "/sys/fs/bpf");
    }

    final String hook;

    /** The free hook that runs after a denial; empty text when nothing is freed. */
    final String freeHook;

    private final Function<Arguments, List<Object>> expected;
    private final BiFunction<SecurityHooks, Arguments, HookResult> entry;

    EntryPoint(
            String hook,
            Function<Arguments, List<Object>> expected,
            BiFunction<SecurityHooks, Arguments, HookResult> entry,
            String freeHook) {
        this.hook = hook;
        this.expected = expected;
        this.entry = entry;
        this.freeHook = freeHook;
    }

    List<Object> expected(Arguments arguments) {
        return expected.apply(arguments);
    }

    HookResult enter(SecurityHooks hooks, Arguments arguments) {
        return entry.apply(hooks, arguments);
    }
}
