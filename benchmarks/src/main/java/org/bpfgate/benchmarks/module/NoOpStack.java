package org.bpfgate.benchmarks.module;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bpfgate.benchmarks.EmbeddedGate;
import org.bpfgate.benchmarks.TemporaryDirectory;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleException;

/** A gate whose modules do nothing, each from a bundle of its own: {@code module0}, {@code module1} and so on. */
public final class NoOpStack implements AutoCloseable {
    private final EmbeddedGate gate;

    private NoOpStack(EmbeddedGate gate) {
        this.gate = gate;
    }

    /**
     * Starts a gate.
     *
     * @param size the number of modules
     */
    public static NoOpStack start(int size) throws IOException, BundleException {
        NoOpStack stack = new NoOpStack(EmbeddedGate.start(Map.of()));
        try (TemporaryDirectory jars = TemporaryDirectory.create()) {
            for (int i = 0; i < size; i++) {
                stack.gate
                        .install(ModuleBundle.write(jars.path(), "module" + i, "1.0.0"))
                        .start();
            }
        }
        if (stack.hooks().stack().modules().size() != size) {
            throw new IllegalStateException(
                    "not all modules are in the stack: " + stack.hooks().stack());
        }
        return stack;
    }

    /** Returns the entry points. */
    public SecurityHooks hooks() {
        return gate.hooks();
    }

    /** Returns the service objects of the modules, in no particular order. */
    public List<SecurityModule> modules() {
        return gate.services(SecurityModule.class, null);
    }

    /** Returns the gate that the modules are in. */
    public EmbeddedGate gate() {
        return gate;
    }

    @Override
    public void close() throws IOException, BundleException {
        gate.close();
    }
}
