package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bpfgate run} on a kernel with {@code BPF_COMMON_ATTRS} (Linux 7.2 and later), in an emulated machine: see CONTRIBUTING.md. It
 * takes an unpacked kernel, which the system property {@value #KERNEL} names.
 */
@LoadsPrograms
class NewKernelsAreMediatedIT {
    private static final String KERNEL = "bpfgate.vm.kernel";

    /** An emulated processor needs some ten seconds for each start of a JVM. */
    private static final long LIMIT_SECONDS = 600;

    private static final String POLICIES = """
            printf 'policy_name=none policy_version=1.0.0\nDEFAULT action=DENY\n' > /tmp/none.ipe
            printf 'policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n' > /tmp/all.ipe
            """;

    @TempDir
    Path directory;

    @Test
    void commonAttributesAreNoWayAroundTheGate() throws Exception {
        Path client = compiled();
        Path gate = Gate.installation().resolve("bin/bpfgate");
        String script = POLICIES + """
                echo bare; CLIENT load 5 0x10005 0x20005
                echo bare-log; CLIENT log common; CLIENT log differ; CLIENT maplog 999
                echo denied; GATE run --policy /tmp/none.ipe -- CLIENT load 5 0x10005 0xdeadbeef00010005 0x80000005
                echo denied-log; GATE run --policy /tmp/none.ipe -- CLIENT log common
                echo allowed-log; GATE run --confine --policy /tmp/all.ipe -- CLIENT log common
                echo differing-logs; GATE run --policy /tmp/all.ipe -- CLIENT log differ
                echo end
                """.replace("CLIENT", client.toString()).replace("GATE", gate.toString());
        List<String> printed = runInMachine(client, script);
        assertThat(section(printed, "bare")).containsExactly("0", "0", "22");
        assertThat(section(printed, "denied"))
                .containsSubsequence("13", "13", "13", "22")
                .anyMatch(line -> line.contains("loads: 0 allowed, 3 denied")
                        && line.contains("does not know: 1, the first with command word 0x80000005"));
        assertThat(section(printed, "denied-log").getFirst()).startsWith("13 ");
        assertThat(section(printed, "denied-log")).anyMatch(line -> line.startsWith("bpfgate: denied: EACCES by ipe"));
        List<String> bareLog = section(printed, "bare-log");
        assertThat(bareLog.getFirst())
                .as("the error and the size of the verifier's log")
                .startsWith("0 ");
        assertThat(section(printed, "allowed-log").getFirst()).isEqualTo(bareLog.getFirst());
        assertThat(section(printed, "differing-logs").getFirst()).isEqualTo("22 0");
        assertThat(bareLog).as("the kernel refuses two logs that differ").contains("22 0");
    }

    private static List<String> section(List<String> lines, String name) {
        int start = lines.indexOf(name) + 1;
        assertThat(start).as("%s in %s", name, lines).isPositive();
        int end = start;
        while (end < lines.size()
                && !lines.get(end).matches("bare|bare-log|denied|denied-log|allowed-log|differing-logs|end")) {
            end++;
        }
        return lines.subList(start, end);
    }

    private Path compiled() {
        String kernel = System.getProperty(KERNEL, "");
        // Not even on CI, which has no such kernel yet.
        Assumptions.assumeFalse(
                kernel.isEmpty(), "the property " + KERNEL + " names no kernel; CONTRIBUTING.md tells how to get one");
        for (String tool : List.of("qemu-system-x86_64", "busybox", "cpio", "mke2fs", "gcc")) {
            Requires.command(tool);
        }
        Path client = directory.resolve("words");
        CommandLine.Result compiling = CommandLine.of("gcc", "-O2", "-static")
                .run("-o", client, Gate.root().resolve("kernel-bundle/src/test/resources/client/words.c"));
        assertThat(compiling.exitCode()).as("%s", compiling).isZero();
        return client;
    }

    private List<String> runInMachine(Path client, String script) throws IOException, InterruptedException {
        Path tree = directory.resolve("tree");
        Path jdk = Path.of(System.getProperty("java.home"));
        run(Gate.root().resolve("itests/src/test/vm/debian-vm"), "tree", tree, Gate.installation(), jdk, client);
        Files.writeString(tree.resolve("script.sh"), "export BPFGATE_JAVA_HOME=" + jdk + "\n" + script);
        String kernel = System.getProperty(KERNEL, "");
        return run(Gate.root().resolve("itests/src/test/vm/debian-vm"), "run", kernel, tree, "/script.sh");
    }

    private List<String> run(Object... words) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Arrays.stream(words).map(Object::toString).toList())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> printed = Files.readAllLines(out);
        assertThat(ended && process.exitValue() == 0).as("%s", printed).isTrue();
        return printed;
    }
}
