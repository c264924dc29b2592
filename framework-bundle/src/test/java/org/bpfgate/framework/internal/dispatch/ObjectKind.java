package org.bpfgate.framework.internal.dispatch;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.SecurityObject;
import org.bpfgate.stack.SecurityHooks;

/** The three kinds of objects that carry blobs, each with the entry points of its life. */
@SuppressWarnings("ImmutableEnumChecker") // The functions keep no state, which the compiler cannot see.
public enum ObjectKind {
    PROGRAM(
            "bpf_prog_load",
            "bpf_prog_free",
            a -> a.program,
            (hooks, a) -> hooks.bpfProgLoad(a.load).result(),
            (hooks, a) -> hooks.bpfProg(a.program),
            (hooks, a) -> hooks.bpfProgFree(a.program)),
    MAP(
            "bpf_map_create",
            "bpf_map_free",
            a -> a.map,
            (hooks, a) -> hooks.bpfMapCreate(a.mapCreation),
            (hooks, a) -> hooks.bpfMap(a.map, FileMode.WRITE),
            (hooks, a) -> hooks.bpfMapFree(a.map)),
    TOKEN(
            "bpf_token_create",
            "bpf_token_free",
            a -> a.token,
            (hooks, a) -> hooks.bpfTokenCreate(a.tokenCreation),
            (hooks, a) -> hooks.bpfTokenCapable(a.token, EntryPoint.Arguments.CAP_BPF),
            (hooks, a) -> hooks.bpfTokenFree(a.token));

    final String createHook;
    final String freeHook;
    private final Function<EntryPoint.Arguments, SecurityObject> object;
    private final BiFunction<SecurityHooks, EntryPoint.Arguments, HookResult> create;
    private final BiFunction<SecurityHooks, EntryPoint.Arguments, HookResult> use;
    private final BiConsumer<SecurityHooks, EntryPoint.Arguments> free;

    ObjectKind(
            String createHook,
            String freeHook,
            Function<EntryPoint.Arguments, SecurityObject> object,
            BiFunction<SecurityHooks, EntryPoint.Arguments, HookResult> create,
            BiFunction<SecurityHooks, EntryPoint.Arguments, HookResult> use,
            BiConsumer<SecurityHooks, EntryPoint.Arguments> free) {
        this.createHook = createHook;
        this.freeHook = freeHook;
        this.object = object;
        this.create = create;
        this.use = use;
        this.free = free;
    }

    SecurityObject of(EntryPoint.Arguments arguments) {
        return object.apply(arguments);
    }

    public HookResult create(SecurityHooks hooks, EntryPoint.Arguments arguments) {
        return create.apply(hooks, arguments);
    }

    /** Asks for a decision on an object that lives already. */
    HookResult use(SecurityHooks hooks, EntryPoint.Arguments arguments) {
        return use.apply(hooks, arguments);
    }

    public void free(SecurityHooks hooks, EntryPoint.Arguments arguments) {
        free.accept(hooks, arguments);
    }
}
