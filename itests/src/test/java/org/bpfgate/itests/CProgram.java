package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** C programs of this module, which call bpf(2) themselves. */
public final class CProgram {
    private CProgram() {}

    /**
     * Compiles one; needs a compiler, and root, without which nobody loads programs.
     *
     * @param source its file name
     * @param directory where to put it
     * @param options more options for the compiler
     */
    public static Path compiled(String source, Path directory, Object... options) {
        Requires.command("gcc");
        Requires.that("root".equals(System.getProperty("user.name")), "loading programs takes root");
        Path program = directory.resolve(source.substring(0, source.lastIndexOf('.')));
        Path file = Gate.root().resolve("itests/src/test/c").resolve(source);
        CommandLine.Result compiling = CommandLine.of("gcc", "-O2").and(options).run("-o", program, file);
        assertThat(compiling.exitCode()).as("%s", compiling).isZero();
        return program;
    }

    /** The first words of a command that {@code bpfgate run} runs, by the policy and the certificate of the quickstart. */
    static List<Object> byQuickstart() {
        return List.of("run", "--trust", Quickstart.trust(), "--policy", Quickstart.policy(), "--");
    }
}
