package org.bpfgate.itests;

import java.lang.reflect.Method;
import org.bpfgate.hook.SecurityHooks;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The hooks of a framework bundle that was updated: their classes are not those that the test is wired to. */
final class UpdatedHooks {
    /** {@code r0 = 0; exit}. */
    private static final byte[] CODE = {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    private final Object hooks;
    private final ClassLoader classes;

    private UpdatedHooks(Object hooks) {
        this.hooks = hooks;
        classes = hooks.getClass().getClassLoader();
    }

    /** Finds them. */
    static UpdatedHooks of(BundleContext context) throws Exception {
        ServiceReference<?>[] found = context.getAllServiceReferences(SecurityHooks.class.getName(), null);
        if (found == null || found.length != 1) {
            throw new AssertionError("the updated framework registers its hooks once");
        }
        Object hooks = context.getService(found[0]);
        if (hooks instanceof SecurityHooks) {
            throw new AssertionError("the framework was not updated");
        }
        return new UpdatedHooks(hooks);
    }

    /** Asks about a program that was not decided on before. */
    boolean allowsAProgram() throws Exception {
        Object code = same(Instructions.class).getMethod("of", byte[].class).invoke(null, (Object) CODE);
        Class<?> types = same(ProgramType.class);
        Object type = types.getField("SOCKET_FILTER").get(null);
        Object program = same(BpfProgram.class)
                .getConstructor(String.class, types, same(Instructions.class))
                .newInstance("updated", type, code);
        Object load =
                same(ProgramLoad.class).getMethod("of", same(BpfProgram.class)).invoke(null, program);
        Method decide = same(SecurityHooks.class).getMethod("bpfProgLoad", same(ProgramLoad.class));
        Object decision = decide.invoke(hooks, load);
        return (Boolean) decision.getClass().getMethod("isAllow").invoke(decision);
    }

    private Class<?> same(Class<?> old) throws ClassNotFoundException {
        return classes.loadClass(old.getName());
    }
}
