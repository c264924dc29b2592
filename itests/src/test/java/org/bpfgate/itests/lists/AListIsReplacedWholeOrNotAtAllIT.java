package org.bpfgate.itests.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens while a list is written: under its name is the old list or the new one, whole. */
class AListIsReplacedWholeOrNotAtAllIT {
    private static final String DIGEST = "0".repeat(64);

    /** Enough that the making of the list can be met in the middle; a list of the same size does not fit on the small disk. */
    private static final int MANY = 400_000;

    @TempDir
    private Path directory;

    private Path list;
    private byte[] old;

    @BeforeEach
    void oldList() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), DIGEST + "  a\n");
        Path lists = Files.createDirectory(directory.resolve("lists"));
        list = lists.resolve("list");
        CommandLine.Result built = build(text);
        assertThat(built.exitCode()).as("%s", built).isZero();
        old = Files.readAllBytes(list);
    }

    @Test
    void aKilledBuildLeavesTheOldListAndAtMostTemporaryFiles() throws Exception {
        Path many = many();
        Process build = new ProcessBuilder(
                        Gate.installation().resolve("bin/bpfgate").toString(),
                        "allowlist",
                        "build",
                        "-o",
                        list.toString(),
                        many.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        // The start script becomes the process that works, so this kills it: SIGKILL, in the middle of its work.
        while (build.isAlive() && names().size() == 1) {
            Thread.onSpinWait();
        }
        build.destroyForcibly();
        assertThat(build.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(build.exitValue()).as("was killed before its end").isEqualTo(128 + 9);
        assertThat(list).hasBinaryContent(old);
        assertThat(names()).allMatch(name -> name.equals("list") || name.matches("\\.?bpfgate-(list|run)-.*\\.tmp"));
        assertThat(build(many).exitCode())
                .as("what is left over is in nobody's way")
                .isZero();
    }

    @Test
    void aFullDiskIsOneLineAndTheOldListStays() throws IOException {
        Requires.that(
                "root".equals(System.getProperty("user.name")),
                "mounting a small disk takes root, and this is not root");
        Requires.command("unshare");
        Path many = many();
        Path disk = Files.createDirectory(directory.resolve("disk"));
        String script = "set -e; mount -t tmpfs -o size=1m tmpfs " + disk + "; cp " + list + " " + disk + "/list; "
                + "code=0; " + Gate.installation().resolve("bin/bpfgate") + " allowlist build -o " + disk + "/list "
                + many
                + " || code=$?; cmp " + list + " " + disk + "/list; ls -A " + disk + "; echo code $code";
        CommandLine.Result result =
                CommandLine.of("unshare", "--mount", "sh", "-c").run(script);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout()).isEqualTo("list\ncode 3\n");
        assertThat(result.diagnostics())
                .containsExactly(
                        "bpfgate: warning: " + many + ": entries without a type: " + MANY + " of " + MANY
                                + "; their digests are let in as every type of program; add \"# type=TYPE\"",
                        "bpfgate: " + disk + "/list: cannot be written: No space left on device");
    }

    @Test
    void aDirectoryThatIsMissingIsOneLine() {
        Path nowhere = directory.resolve("missing/list");
        CommandLine.Result result =
                CommandLine.bpfgate().run("allowlist", "build", "-o", nowhere, Quickstart.program("xdp_count.o"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics())
                .singleElement()
                .asString()
                .startsWith("bpfgate: " + nowhere + ": cannot be written: ");
    }

    @Test
    void whoReadsTheOldListReadsAllOfIt() throws IOException {
        Path reader = Files.createLink(directory.resolve("held-open"), list);
        CommandLine.Result result = build(Quickstart.allowlist());
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(reader).hasBinaryContent(old);
        assertThat(list.toFile()).exists();
        assertThat(Files.readAllBytes(list)).isNotEqualTo(old);
        assertThat(names()).containsExactly("list");
    }

    @Test
    void whatPeopleWroteOrSignedIsKept() throws IOException {
        Path kept = Path.of(list + ".old");
        CommandLine.Result compiled = build(Quickstart.allowlist());
        assertThat(compiled.diagnostics()).as("a compiled list is made again").isEmpty();
        assertThat(names()).containsExactly("list");
        for (byte[] reviewed : List.of("# reviewed\n".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(signed()))) {
            Files.write(list, reviewed);
            CommandLine.Result result = build(Quickstart.allowlist());
            assertThat(result.exitCode()).as("%s", result).isZero();
            assertThat(result.diagnostics())
                    .containsExactly("bpfgate: note: " + list + ": what it held is now in " + kept);
            assertThat(kept).hasBinaryContent(reviewed);
            assertThat(names()).containsExactly("list", "list.old");
        }
        Files.writeString(list, "# reviewed again\n");
        CommandLine.Result failed = build(directory.resolve("no-such-list"));
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(list).hasContent("# reviewed again");
        assertThat(kept).as("nothing was replaced").hasBinaryContent(Files.readAllBytes(signed()));
        assertThat(names()).containsExactly("list", "list.old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "merge", "remove"})
    void whatIsNoListIsNotReplaced(String verb) throws IOException {
        Files.writeString(list, "policy_name=a policy_version=1.0.0\n");
        CommandLine before = CommandLine.bpfgate().and("allowlist", verb, "-o", list, Quickstart.allowlist());
        CommandLine.Result result = verb.equals("remove") ? before.run(DIGEST) : before.run();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics())
                .containsExactly("bpfgate: " + list + ": is no list; bpfgate allowlist does not overwrite it");
        assertThat(list).hasContent("policy_name=a policy_version=1.0.0");
        assertThat(names()).containsExactly("list");
    }

    private Path signed() {
        Path manifest = directory.resolve("manifest");
        if (Files.notExists(manifest)) {
            OpenSsl.Signer signer = OpenSsl.signer(directory, "lists", OpenSsl.Kind.P256);
            CommandLine.Result result = CommandLine.bpfgate()
                    .and("sign", "--contract", "manifest", "--key", signer.key(), "--cert", signer.certificate())
                    .run("-o", manifest, Quickstart.allowlist());
            assertThat(result.exitCode()).as("%s", result).isZero();
        }
        return manifest;
    }

    private CommandLine.Result build(Path input) {
        return CommandLine.bpfgate().run("allowlist", "build", "-o", list, input);
    }

    private Path many() throws IOException {
        Path many = directory.resolve("many");
        try (BufferedWriter out = Files.newBufferedWriter(many)) {
            for (int i = 0; i < MANY; i++) {
                out.write(String.format(Locale.ROOT, "%08x", i * 0x9e3779b1) + "0".repeat(56) + "  p" + i + "\n");
            }
        }
        return many;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(list.getParent())) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
