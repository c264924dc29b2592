package org.bpfgate.integrity.hash.internal.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AListIsWhatSha256sumWritesTest {
    private static final String D = "0123456789abcdef".repeat(4);

    static Stream<Arguments> entries() {
        return Stream.of(
                arguments("  xdp_count", "xdp_count", null, null),
                arguments(" *xdp_count", "xdp_count", null, null),
                arguments("  count packets", "count packets", null, null),
                arguments("  a#b", "a#b", null, null),
                arguments("  a #b", "a #b", null, null),
                arguments("  # b", "# b", null, null),
                arguments("  zähler", "zähler", null, null),
                arguments("  a # type=xdp", "a", ProgramType.XDP, null),
                arguments("  a # source=net/a.c # line 3", "a", null, "net/a.c # line 3"),
                arguments("  a # type=unspec", "a", null, null),
                arguments("", "(unnamed)", null, null),
                arguments(" # type=xdp", "(unnamed)", ProgramType.XDP, null),
                arguments("  xtype=1", "xtype=1", null, null),
                arguments("  a # type=sched_cls source=build 42", "a", ProgramType.SCHED_CLS, "build 42"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void readsTheRestOfALine(String rest, String name, @Nullable ProgramType type, @Nullable String source)
            throws AllowlistException {
        assertThat(Lists.entries(D + rest))
                .containsExactly(new AllowlistEntry(ProgramDigest.parse(D), name, type, null, source, Lists.LIST, 1));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takesADigestAsItIsPrintedAndInUpperCase(
            String rest, String name, @Nullable ProgramType type, @Nullable String source) throws AllowlistException {
        AllowlistEntry entry = new AllowlistEntry(ProgramDigest.parse(D), name, type, null, source, Lists.LIST, 1);
        for (String digits :
                List.of(D.toUpperCase(Locale.ROOT), "sha256:" + D, "sha256:" + D.toUpperCase(Locale.ROOT))) {
            assertThat(Lists.entries(digits + rest)).containsExactly(entry);
        }
    }

    @ParameterizedTest
    @CsvSource({"t/order.o, 1", "vmlinux.h, 1", "a.insns, 0", "net/a, 0", "order, 0"})
    void hashesOfFilesAreKnownByTheirNames(String name, int count) throws AllowlistException {
        Allowlist.Builder entries = new Allowlist.Builder();
        Lists.entries(D + "  " + name).forEach(entries);
        assertThat(entries.build().fileHashes()).isEqualTo(new FileHashes(count, count == 0 ? null : name));
        String typed = D + "  " + name + " # type=xdp";
        Lists.entries(typed)
                .forEach(entry -> assertThat(FileHashes.NONE.and(entry)).isEqualTo(FileHashes.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "false, 2, 1, 2",
        "false, 1, 1, 1",
        "true, 1, 1, 1",
        "false, 1, 0, 1",
        "true, 1, 0, 0",
    })
    void hashesOfFilesAreWarnedOfOnce(boolean revokes, long untyped, long files, int warnings) {
        FileHashes hashes = files == 0 ? FileHashes.NONE : new FileHashes(files, "t/order.o");
        Provenance list = new Provenance("l", "text", "", 2, 2, untyped, hashes, Validity.ALWAYS);
        assertThat(list.warnings(revokes)).hasSize(warnings);
        if (files > 0) {
            assertThat(list.warnings(revokes).getFirst())
                    .startsWith(
                            "l: entries that look like hashes of files: 1 of 2, the first of t/order.o; no program has")
                    .contains(revokes ? "they revoke nothing" : "they let in nothing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "xdp,       attach=xdp,                         37,     ",
        "xdp,       attach=none,                        0,      ",
        "cgroup_skb, attach=cgroup_inet_ingress,        0,      ",
        "cgroup_skb, attach=cgroup_inet_egress source=a, 1,     ",
        "tracing,   attach=trace_fentry:do_unlinkat,    24,     do_unlinkat",
        "tracing,   attach=trace_fentry:a:b,            24,     a:b",
        "lsm,       attach=lsm_mac:bpf_lsm_file_open source=a b, 27, bpf_lsm_file_open",
        "struct_ops, attach=3,                          3,      ",
        "struct_ops, attach=0,                          0,      ",
        "struct_ops, attach=member:tcp_congestion_ops.ssthresh, 65534, tcp_congestion_ops.ssthresh",
        "xdp,       attach=65533,                       65533,  "
    })
    void readsTheWayOfAttaching(String type, String rest, int attach, @Nullable String target)
            throws AllowlistException {
        List<AllowlistEntry> entries = Lists.entries(D + "  a # type=" + type + " " + rest);
        assertThat(entries)
                .extracting(AllowlistEntry::attach)
                .containsExactly(new ListedAttach(attach, Optional.ofNullable(target)));
        String written = rest.contains(" source=") ? rest.substring(0, rest.indexOf(" source=")) : rest;
        assertThat("attach=" + entries.getFirst().attachText()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "#", "# anything at all", "#" + "\n# type=nonsense\n"})
    void emptyLinesAndCommentsAreNoEntries(String text) throws AllowlistException {
        assertThat(Lists.entries(text)).isEmpty();
    }

    @Test
    void countsAllLinesAndTakesRepeatedOnes() throws AllowlistException {
        List<AllowlistEntry> entries = Lists.entries("# two kernels\n\n" + D + "  a\n" + D + "  a\n");
        assertThat(entries).extracting(AllowlistEntry::line).containsExactly(3, 4);
    }

    /** Several times as long as what is read at once; each line has another length and begins with another digest. */
    @Test
    void readsEveryLineOfALongList() throws AllowlistException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add(String.format("%064x  %s", i, "n".repeat(1 + i % 97)));
        }
        List<AllowlistEntry> entries = Lists.entries(String.join("\n", lines));
        assertThat(entries)
                .extracting(AllowlistEntry::line)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20_000).boxed().toList());
        assertThat(entries)
                .extracting(entry -> entry.digest().hex() + "  " + entry.name())
                .containsExactlyElementsOf(lines);
    }

    @Test
    void takesTheOutputOfTheRealTool(@TempDir Path directory)
            throws IOException, InterruptedException, AllowlistException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/sha256sum")), "this machine has no /usr/bin/sha256sum");
        Files.write(directory.resolve("a.insns"), Lists.returning(1).toByteArray());
        Process tool = new ProcessBuilder("/usr/bin/sha256sum", "--binary", "a.insns")
                .directory(directory.toFile())
                .start();
        String written = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).isZero();
        assertThat(Lists.entries(written))
                .containsExactly(new AllowlistEntry(
                        Lists.returning(1).digest().orElseThrow(), "a.insns", null, null, null, Lists.LIST, 1));
    }
}
