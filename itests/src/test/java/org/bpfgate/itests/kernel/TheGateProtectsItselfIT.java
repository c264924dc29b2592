package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate cannot be looked into, and a confined command cannot even name it. */
@LoadsPrograms
class TheGateProtectsItselfIT {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

    @TempDir
    Path directory;

    private Path policy;

    @BeforeEach
    void write() throws IOException {
        Requires.that(
                "root".equals(System.getProperty("user.name")), "a command is confined by root, and this is not root");
        policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
    }

    private CommandLine gate(String... options) {
        List<String> words = new ArrayList<>(
                List.of(Gate.installation().resolve("bin/bpfgate").toString(), "run", "--policy", policy.toString()));
        words.addAll(List.of(options));
        words.addAll(List.of("--", "sh", "-c"));
        return CommandLine.of(words.toArray(String[]::new));
    }

    /** What a process of the same user and capabilities may read of others, it may not read of the gate, which is its parent. */
    @Test
    void theGateIsNotDumpable() throws IOException {
        String look = "readlink /proc/$PPID/exe >/dev/null && echo read || echo refused";
        CommandLine.Result other = CommandLine.of("sh", "-c", "sh -c '" + look + "'; true")
                .under(AS_NOBODY.toArray(String[]::new))
                .run();
        assertThat(other.stdout()).as("of a shell: %s", other).isEqualTo("read\n");
        assertThat(asNobody().run(look).stdout()).isEqualTo("refused\n");
    }

    private CommandLine asNobody(String... options) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return gate(options).under(AS_NOBODY.toArray(String[]::new));
    }

    @Test
    void aConfinedCommandSeesNeitherTheGateNorOtherProcesses() {
        CommandLine.Result seen =
                gate("--confine").run("echo $PPID; ls -d /proc/[0-9]* | wc -l; kill -0 " + pid() + " || echo gone");
        List<String> lines = seen.stdout().lines().toList();
        assertThat(lines.getFirst()).as("the parent is outside: %s", seen).isEqualTo("0");
        assertThat(Integer.parseInt(lines.get(1))).as("%s", seen).isBetween(2, 8);
        assertThat(lines.get(2)).isEqualTo("gone");
        assertThat(Files.isDirectory(Path.of("/proc", pid())))
                .as("the host's /proc is untouched")
                .isTrue();
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    @Test
    void aConfinedCommandCanNeverHaveTheDangerousCapabilities() {
        CommandLine.Result capabilities =
                gate("--confine").run("grep -E '^Cap(Prm|Eff|Bnd|Inh|Amb)' /proc/self/status");
        long dangerous = (1L << 16) | (1L << 17) | (1L << 19) | (1L << 22);
        assertThat(capabilities.stdout().lines()).hasSize(5).allSatisfy(line -> {
            long set =
                    Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16);
            assertThat(set & dangerous).as(line).isZero();
        });
    }

    @Test
    void aConfinedCommandIsOtherwiseTheCommand() {
        assertThat(gate("--confine").run("exit 42").exitCode()).isEqualTo(42);
        assertThat(gate("--confine").run("kill -TERM $$").exitCode())
                .as("it is not the first process, which would not get the signal")
                .isEqualTo(128 + 15);
        assertThat(gate("--confine").run("exec /nonexistent/command").exitCode())
                .isEqualTo(127);
    }

    @Test
    void orphansAreReapedAndEndWithTheCommand() {
        Instant start = Instant.now();
        CommandLine.Result orphans = gate("--confine")
                .run("for i in 1 2 3; do (sh -c 'sleep 0.1 & exit' ); done; sleep 1; ps -o stat= -A | grep -c '^Z';"
                        + " setsid sleep 1000 & exit 0");
        assertThat(orphans.stdout()).as("%s", orphans).isEqualTo("0\n");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
        assertThat(CommandLine.of("sh", "-c", "ps -eo args= | grep -c '^sleep 1000$'")
                        .run()
                        .stdout())
                .isEqualTo("0\n");
    }

    @Test
    void anOrdinaryUserIsToldWhatConfiningTakes() throws IOException {
        CommandLine.Result refused = asNobody("--confine").run("true");
        assertThat(refused.exitCode()).as("%s", refused).isEqualTo(125);
        assertThat(refused.stderr()).contains("the command cannot be confined: unshare: EPERM");
    }
}
