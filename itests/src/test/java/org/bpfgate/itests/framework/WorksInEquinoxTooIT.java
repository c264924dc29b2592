package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.EquinoxLauncher;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundles are plain OSGi: another framework than the one of the distribution decides the same. */
class WorksInEquinoxTooIT {
    /** The libraries of the distribution without its framework. */
    private static final List<String> LIBRARIES =
            List.of("org.osgi.service.cm", "jackson-core", "jackson-jr-objects", "picocli");

    @TempDir
    private Path storage;

    @Test
    void theQuickstartIsDecidedWordForWordAsInFelix() {
        CommandLine.Result felix = CommandLine.bpfgate().run("test", Quickstart.directory());
        CommandLine.Result equinox = equinox().run("test", Quickstart.directory());
        assertThat(equinox.stderr())
                .isEqualTo("org.eclipse.osgi runs [org.bpfgate.api, org.bpfgate.command, org.bpfgate.framework,"
                        + " org.bpfgate.integrity.hash, org.bpfgate.integrity.sig, org.bpfgate.policy.ipe,"
                        + " org.bpfgate.kernel, org.bpfgate.crypto]\n");
        assertThat(equinox.stdout())
                .endsWith("\n8 decisions, all as expected\n")
                .isEqualTo(felix.stdout());
        assertThat(equinox.exitCode()).isZero();
    }

    @Test
    void aVerdictIsTheSameExitCode() {
        Path program = Quickstart.program("drop_ping-unsigned.o");
        CommandLine.Result equinox = equinox().run("verify", program);
        assertThat(equinox.exitCode()).as("%s", equinox).isEqualTo(11);
        assertThat(equinox.stdout())
                .isEqualTo(CommandLine.bpfgate().run("verify", program).stdout());
    }

    private CommandLine equinox() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return CommandLine.of(
                        java, "--enable-native-access=ALL-UNNAMED", "-cp", classPath(), EquinoxLauncher.class.getName())
                .and(Gate.installation(), storage);
    }

    private static String classPath() {
        StringBuilder path = new StringBuilder(testClasses().toString());
        path.append(File.pathSeparator).append(Gate.thirdParty("org.eclipse.osgi"));
        for (String library : LIBRARIES) {
            path.append(File.pathSeparator).append(Gate.installation().resolve("lib/" + library + ".jar"));
        }
        return path.toString();
    }

    private static Path testClasses() {
        return Gate.root().resolve("itests/target/test-classes");
    }
}
