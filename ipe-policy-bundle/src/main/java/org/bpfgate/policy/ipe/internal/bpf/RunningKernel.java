package org.bpfgate.policy.ipe.internal.bpf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the functions of the running kernel, which do not change while it runs. Loaded when a policy first needs it. */
final class RunningKernel {
    static final KernelFunctions FUNCTIONS = read(Path.of("/sys/kernel/btf/vmlinux"));

    /** The names of these functions. */
    static final FunctionNames NAMES = FUNCTIONS instanceof BtfFunctions known ? known.names() : FunctionNames.NONE;

    /** Ten times what Linux 6.18 has on x86-64. */
    private static final int MAX_SIZE = 64 << 20;

    private RunningKernel() {}

    /** Returns the functions in a file; none when it is missing, as on a kernel without BTF, or not whole. */
    static KernelFunctions read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return BtfFunctions.of(in.readNBytes(MAX_SIZE));
        } catch (IOException | IllegalArgumentException e) {
            return id -> null;
        }
    }
}
