package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that people use give the same output and exit code without a gate, while it learns, under what it has learned, and under the
 * policy that ships with the list of probes as a file. What the machine's kernel cannot do fails alike. Each run has a network, a BPF
 * file system and a hierarchy of control groups (version 2) of its own.
 */
@LoadsPrograms
class RealClientsRunUnchangedIT {
    private static final String OWN_WORLD = """
        mount -t bpf bpf /sys/fs/bpf || exit 99
        umount -l /sys/fs/cgroup 2>/dev/null
        mount -t cgroup2 none /sys/fs/cgroup || exit 99
        exec "$@"
        """;

    private static final Path PROBES = Gate.root()
            .resolve("kernel-bundle/src/main/resources/org/bpfgate/kernel/internal/probe/feature-probes.txt");

    private static final Path SHIPPED_POLICY = Gate.installation().resolve("conf/policy.ipe");

    @TempDir
    Path directory;

    private Path list;

    @BeforeEach
    void prepare() {
        Requires.that("root".equals(System.getProperty("user.name")), "loading programs takes root");
        Requires.command("unshare");
        list = directory.resolve("learned");
        CommandLine.Result world = inOwnWorld("true");
        Requires.that(world.exitCode() == 0, "no namespaces of one's own here: " + world.stderr());
    }

    private CommandLine.Result inOwnWorld(Object... words) {
        return CommandLine.of("unshare", "--mount", "--net", "sh", "-c", OWN_WORLD, "sh")
                .in(directory)
                .run(words);
    }

    /** The command under a verb of bpfgate, in a world of its own like the bare one. */
    private CommandLine.Result gated(List<Object> gate, String script) {
        return CommandLine.of("unshare", "--mount", "--net", "sh", "-c", OWN_WORLD, "sh")
                .and(Gate.installation().resolve("bin/bpfgate"))
                .and(gate.toArray())
                .in(directory)
                .run("--", "sh", "-c", script);
    }

    private void runsUnchanged(String script) {
        CommandLine.Result bare = inOwnWorld("sh", "-c", script);
        same(bare, gated(List.of("learn", "-o", list), script));
        Path learnedPolicy = Path.of(list + ".ipe");
        String refusedByTheKernel = refusedByTheKernel();
        for (List<Object> gate : List.<List<Object>>of(
                List.of("run", "--allowlist", list, "--policy", learnedPolicy),
                List.of("run", "--allowlist", list, "--policy", SHIPPED_POLICY, "--probes", PROBES))) {
            CommandLine.Result run = gated(gate, script);
            same(bare, run);
            assertThat(run.diagnostics())
                    .as("only what this machine's kernel refuses is denied")
                    .filteredOn(line -> line.startsWith("bpfgate: denied"))
                    .allSatisfy(line -> assertThat(refusedByTheKernel)
                            .contains(line.replaceFirst(".*(sha256:[0-9a-f]{64}).*", "$1")));
        }
    }

    private String refusedByTheKernel() {
        try {
            return Files.readAllLines(list).stream()
                    .filter(line -> line.startsWith("# refused by the kernel"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void same(CommandLine.Result bare, CommandLine.Result gated) {
        assertThat(gated.stdout()).as("%s%ninstead of%n%s", gated, bare).isEqualTo(bare.stdout());
        assertThat(gated.exitCode()).as("%s%ninstead of%n%s", gated, bare).isEqualTo(bare.exitCode());
        assertThat(gated.stderr()).as("nothing is called changed").doesNotContain("listed digest differs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--info",
                "-e 'BEGIN { printf(\"hello\\n\"); exit(); }'",
                "-e 'BEGIN { @h = hist(5); @c = count(); } interval:ms:100 { exit(); }'",
                "-e 'software:cpu-clock:1000000 { @ = 1; } interval:ms:300 { printf(\"%d\\n\", 7); exit(); }'",
            })
    void bpftrace(String arguments) {
        Requires.command("bpftrace");
        runsUnchanged("bpftrace " + arguments);
    }

    /** The first lines tell that the program runs; numbers differ from run to run. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/sbin/runqlat 1 1 | sed -n 1p",
                "/usr/sbin/cpudist 1 1 | sed -n 1p",
                "/usr/sbin/hardirqs 1 1 | sed -n 1p",
                "/usr/sbin/softirqs 1 1 | sed -n 1p",
                "timeout -s INT 2 /usr/sbin/opensnoop | sed -n 1p",
                "timeout -s INT 2 /usr/sbin/execsnoop | sed -n 1p",
                "timeout -s INT 2 /usr/sbin/tcpconnect | sed -n 1p",
            })
    void libbpfTools(String script) {
        Requires.that(Files.isExecutable(Path.of("/usr/sbin/runqlat")), "libbpf-tools are not installed");
        runsUnchanged(script);
    }

    /** bcc compiles with the kernel's headers; where they are missing it fails alike. */
    @Test
    void bpfccTools() {
        // Large, with a compiler of its own, so that it is tried only where it is there.
        skipWithout("/usr/sbin/runqlat-bpfcc", "bpfcc-tools are not installed");
        runsUnchanged("/usr/sbin/runqlat-bpfcc 1 1 2>/dev/null | sed -n 1p");
    }

    @Test
    void xdpFilterLoadsAndUnloads() {
        Requires.command("xdp-filter");
        runsUnchanged("xdp-filter load -m skb lo && xdp-filter port 8080 && xdp-filter status | grep -v pkts;"
                + " xdp-filter unload lo; echo $?; xdp-loader status lo | sed -n 1,4p");
    }

    @Test
    void tc() {
        Requires.command("tc");
        Requires.command("clang");
        CommandLine.Result compiling = CommandLine.of(
                        "clang", "-O2", "-target", "bpf", "-I/usr/include/x86_64-linux-gnu")
                .run("-c", Gate.root().resolve("itests/src/test/c/tc_pass.bpf.c"), "-o", directory.resolve("pass.o"));
        assertThat(compiling.exitCode()).as("%s", compiling).isZero();
        runsUnchanged("tc qdisc add dev lo clsact && tc filter add dev lo ingress bpf da obj pass.o sec classifier;"
                + " echo $?; tc filter show dev lo ingress | sed 's/ id .*//'");
    }

    @Test
    void ip() {
        Requires.command("ip");
        runsUnchanged("ip link set dev lo xdpgeneric obj " + Quickstart.program("xdp_count.o") + " sec xdp; echo $?;"
                + " ip link show lo | grep -c xdp");
    }

    @Test
    void bpftool() {
        Requires.command("bpftool");
        runsUnchanged("bpftool prog load " + Quickstart.program("xdp_count.o") + " /sys/fs/bpf/p && "
                + "bpftool prog show pinned /sys/fs/bpf/p | grep -o 'tag [0-9a-f]*'");
    }

    @ParameterizedTest
    @CsvSource({"runc, -b . bpfgate-it", "crun, -b . bpfgate-it"})
    void containerRuntimes(String runtime, String arguments) throws IOException {
        Requires.command(runtime);
        Requires.command("gcc");
        Path root = Files.createDirectories(directory.resolve("rootfs/bin"));
        CommandLine.Result compiling = CommandLine.of("gcc", "-static", "-O2")
                .run("-o", root.resolve("command"), Gate.root().resolve("itests/src/test/c/in_container.c"));
        assertThat(compiling.exitCode()).as("%s", compiling).isZero();
        CommandLine.Result spec = CommandLine.of(runtime, "spec").in(directory).run();
        assertThat(spec.exitCode()).as("%s", spec).isZero();
        Path config = directory.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("\"terminal\": true", "\"terminal\": false")
                        .replaceFirst("\"sh\"", "\"/bin/command\""));
        runsUnchanged(runtime + " run " + arguments);
    }

    @Test
    void aGoAgent() throws IOException {
        Requires.command("go");
        Requires.that(
                Files.isDirectory(Path.of("/usr/share/gocode/src/github.com/cilium/ebpf")),
                "golang-github-cilium-ebpf-dev is not installed");
        Path agent = directory.resolve("agent");
        CommandLine.Result building = CommandLine.of("go", "build", "-o", agent.toString())
                .with("GOPATH", "/usr/share/gocode")
                .with("GO111MODULE", "off")
                .with("GOCACHE", directory.resolve("cache").toString())
                .run(Gate.root().resolve("itests/src/test/go/client.go"));
        assertThat(building.exitCode()).as("%s", building).isZero();
        runsUnchanged(agent.toString());
    }

    /** Go clients show one line of the log: it is the denial. */
    @Test
    void aDeniedClientIsToldWhyAndWhatHelps() {
        Requires.command("bpftrace");
        CommandLine.Result run = gated(
                List.of("run", "--policy", SHIPPED_POLICY), "bpftrace -e 'BEGIN { printf(\"hello\\n\"); exit(); }'");
        assertThat(run.exitCode()).as("%s", run).isNotZero();
        assertThat(run.stderr())
                .contains("bpfgate: denied: BEGIN (raw_tracepoint, sha256:")
                .contains("what helps: ")
                .contains("bpfgate learn --append -o LIST")
                .doesNotContain("changed");
    }

    private static void skipWithout(String path, String otherwise) {
        if (!Files.exists(Path.of(path))) {
            System.err.println("skipped: " + otherwise);
            org.junit.jupiter.api.Assumptions.abort(otherwise);
        }
    }
}
