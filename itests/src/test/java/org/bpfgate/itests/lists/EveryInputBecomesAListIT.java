package org.bpfgate.itests.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.itests.OpenSsl.Kind.P256;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.Libxdp;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code allowlist build} reads programs, directories and lists of every form; {@code query} and {@code diff} tell what is in them. */
class EveryInputBecomesAListIT {
    private static final String XDP_COUNT = "fdf330b80d74bab9bd348a4e62bab83e2800803e4b95c2bb186c654e9fc1e635";
    private static final String ABSENT = "0".repeat(64);

    @TempDir
    private Path directory;

    private Path list;

    @BeforeEach
    void name() {
        list = directory.resolve("list");
    }

    @Test
    void anObject() {
        assertBuilt(1, Quickstart.program("xdp_count.o"));
        assertListed(list, XDP_COUNT, "type xdp in compiled list " + list);
    }

    @Test
    void aDirectoryOfProgramsAtAnyDepth() throws IOException {
        Path deep = Files.createDirectories(directory.resolve("objects/deep"));
        Files.copy(Quickstart.program("xdp_count.o"), deep.resolve("a.o"));
        Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("objects/b.insns"));
        Files.writeString(directory.resolve("objects/README"), "neither a program nor a list\n");
        assertBuilt(2, directory.resolve("objects"));
        assertListed(list, XDP_COUNT, "type xdp in compiled list " + list);
    }

    @Test
    void aDirectoryThatHoldsListsToo() throws IOException {
        Path mixed = Files.createDirectories(directory.resolve("mixed"));
        Files.copy(Quickstart.program("drop_ping.insns"), mixed.resolve("b.insns"));
        Files.copy(Quickstart.allowlist(), mixed.resolve("allowlist"));
        Files.writeString(mixed.resolve("vendor.allowlist"), "1".repeat(64) + "  v\n");
        Files.writeString(mixed.resolve("notes"), "neither\n");
        assertBuilt(3, mixed);
        assertListed(list, XDP_COUNT, "type xdp in compiled list " + list);
        assertListed(list, "1".repeat(64), "in compiled list " + list);
    }

    @Test
    void aDirectoryOfListsOnly() throws IOException {
        Path lists = Files.createDirectories(directory.resolve("lists"));
        Files.copy(Quickstart.allowlist(), lists.resolve("host.allowlist"));
        assertBuilt(1, lists);
    }

    @Test
    void aTextAndACompiledList() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "1".repeat(64) + "  v\n");
        assertBuilt(1, Quickstart.allowlist());
        Path both = directory.resolve("both");
        CommandLine.Result built = CommandLine.bpfgate().run("allowlist", "build", "-o", both, text, list);
        assertThat(built.stdout()).as("%s", built).isEqualTo(both + ": 2 digests\n");
    }

    @Test
    void aSignedManifestWhoseSignerIsTrusted() throws IOException {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "lists", P256);
        Path manifest = directory.resolve("manifest");
        CommandLine.Result signed = CommandLine.bpfgate()
                .and("sign", "--contract", "manifest", "--key", signer.key(), "--cert", signer.certificate())
                .run("-o", manifest, Quickstart.allowlist());
        assertThat(signed.exitCode()).as("%s", signed).isZero();
        assertBuilt(1, "--trust", signer.certificate(), manifest);
        CommandLine.Result query =
                CommandLine.bpfgate().run("allowlist", "query", "--trust", signer.certificate(), manifest, XDP_COUNT);
        assertThat(query.stdout()).contains("name xdp_count type xdp in list " + manifest + ":2 signed by CN=");
        CommandLine.Result stranger = CommandLine.bpfgate().run("allowlist", "build", "-o", list, manifest);
        assertThat(stranger.exitCode()).isEqualTo(3);
        assertThat(stranger.diagnostics()).singleElement().asString().contains(manifest + ":1:1: BADSIG: ");
    }

    /** As it is written by {@code bpfgate learn}, which takes root to be run; the README's block does that. */
    @Test
    void whatLearnWrites() throws IOException {
        Path learned = Files.writeString(
                directory.resolve("learned"),
                "# Programs that \"bpfgate learn\" saw. Remove what should not be let in.\n" + XDP_COUNT
                        + "  xdp_count # type=xdp source=loaded by bpftool, 32 instructions, helpers 1\n"
                        + ABSENT
                        + "  (unnamed) # type=kprobe source=loaded by bpftrace, 2 instructions, helpers none\n");
        assertBuilt(2, learned);
    }

    @Test
    void aProgramWhoseDigestIsNotKnownIsToldAndLeftOut() {
        Libxdp.require();
        CommandLine.Result result =
                CommandLine.bpfgate().run("allowlist", "build", "-o", list, Libxdp.object("xdpdump_bpf.o"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics())
                .isNotEmpty()
                .allMatch(line -> line.contains(": left out, its digest cannot be computed offline: "));
    }

    @Test
    void checkTellsWhatWouldChangeAndWritesNothing() throws IOException {
        assertBuilt(1, Quickstart.allowlist());
        byte[] before = Files.readAllBytes(list);
        Path text = Files.writeString(directory.resolve("text"), "1".repeat(64) + "  v\n");
        String changes = "+" + "1".repeat(64) + "\n-" + XDP_COUNT + "  type=xdp\n" + list + ": 1 added, 1 removed\n";
        assertThat(run("build", "--check", "-o", list, text).stdout()).isEqualTo(changes);
        assertThat(run("merge", "--check", "-o", list, text).stdout()).isEqualTo(changes);
        assertThat(run("remove", "--check", "-o", list, list, XDP_COUNT).stdout())
                .isEqualTo("-" + XDP_COUNT + "  type=xdp\n" + list + ": 0 added, 1 removed\n");
        assertThat(Files.readAllBytes(list)).isEqualTo(before);
        Path fresh = directory.resolve("fresh");
        assertThat(run("build", "--check", "-o", fresh, text).stdout())
                .isEqualTo("+" + "1".repeat(64) + "\n" + fresh + ": 1 added, 0 removed\n");
        assertThat(fresh).doesNotExist();
    }

    @Test
    void appendKeepsATextListAndItsComments() throws IOException {
        String reviewed = "# reviewed\n" + "1".repeat(64) + "  v # type=xdp";
        Files.writeString(list, reviewed);
        CommandLine.Result result = run("build", "--append", "-o", list, Quickstart.program("xdp_count.o"));
        assertThat(result.stdout()).as("%s", result).isEqualTo(list + ": 2 digests, added 1\n");
        String expected = reviewed + "\n" + XDP_COUNT + "  xdp_count # type=xdp source="
                + Quickstart.program("xdp_count.o") + "#xdp_count\n";
        assertThat(list).hasContent(expected);
        CommandLine.Result again = run("build", "--append", "-o", list, Quickstart.program("xdp_count.o"));
        assertThat(again.stdout()).isEqualTo(list + ": 2 digests, added 0\n");
        assertThat(list).hasContent(expected);
        assertThat(Path.of(list + ".old")).doesNotExist();
        CommandLine.Result merged = run("build", "--append", "-o", list, Quickstart.allowlist());
        assertThat(merged.exitCode()).isEqualTo(2);
        assertThat(merged.stderr()).contains("put lists together with \"bpfgate allowlist merge\"");
        CommandLine.Result printed = run("build", "--append", "-o", "-", Quickstart.program("xdp_count.o"));
        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.stderr()).contains("--append: needs a file to add to");
        Path bad = Files.writeString(directory.resolve("bad"), "1".repeat(64) + " a\n");
        CommandLine.Result refused = run("build", "--append", "-o", bad, Quickstart.program("xdp_count.o"));
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.diagnostics()).singleElement().asString().startsWith("bpfgate: " + bad + ":1:66: ");
        assertThat(bad).hasContent("1".repeat(64) + " a");
    }

    @Test
    void anEmptyFileBecomesATextList() throws IOException {
        Files.createFile(list);
        CommandLine.Result result = run("build", "--append", "-o", list, Quickstart.program("xdp_count.o"));
        assertThat(result.stdout()).as("%s", result).isEqualTo(list + ": 1 digest, added 1\n");
        assertThat(result.stderr()).isEmpty();
        assertListed(
                list,
                XDP_COUNT,
                "name xdp_count type xdp in list " + list + ":1, source " + Quickstart.program("xdp_count.o")
                        + "#xdp_count");
    }

    @Test
    void appendAddsToACompiledListAndMakesOneThatIsNotThere() {
        for (Path input : List.of(Quickstart.allowlist(), Quickstart.program("exec_trace.o"))) {
            CommandLine.Result result = run("build", "--append", "-o", list, input);
            assertThat(result.exitCode()).as("%s", result).isZero();
        }
        assertListed(list, XDP_COUNT, "type xdp in compiled list " + list);
        CommandLine.Result check = run("build", "--append", "--check", "-o", list, Quickstart.program("exec_trace.o"));
        assertThat(check.stdout()).isEqualTo(list + ": 0 added, 0 removed\n");
    }

    @Test
    void aLoaderOfProgramsIsListedWithAWarning() {
        Path loader = Quickstart.program("xdp_count.lskel.h");
        CommandLine.Result built = run("build", "-o", list, loader);
        assertThat(built.exitCode()).as("%s", built).isZero();
        assertThat(built.diagnostics())
                .singleElement()
                .asString()
                .startsWith("bpfgate: warning: " + loader + ": it can load programs itself (helper sys_bpf)")
                .contains("sign it instead");
        CommandLine.Result check = CommandLine.bpfgate()
                .run(
                        "check",
                        "--policy",
                        Gate.root().resolve("examples/enforce/allowlist.ipe"),
                        "--allowlist",
                        list,
                        loader);
        assertThat(check.exitCode()).as("%s", check).isZero();
        assertThat(check.stderr()).contains("warning: " + loader + ": it can load programs itself");
        CommandLine.Result signed =
                CommandLine.bpfgate().run("verify", "--trust", Quickstart.trust(), "--allowlist", list, loader);
        assertThat(signed.stderr()).as("it is signed too").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            query  | sha512:SHA512       | this is a digest by SHA-512, and lists have digests by SHA-256
            query  | MD5                 | this is a digest by MD5, and lists have digests by SHA-256
            remove | SHA512              | this is a digest by SHA-512, and lists have digests by SHA-256
            remove | PROGRAM             | "bpfgate check --format json FILE" prints the digests of the programs
            """)
    void whatIsNoDigestIsExplained(String verb, String argument, String explanation) {
        String given = argument.replace("SHA512", "a".repeat(128))
                .replace("MD5", "a".repeat(32))
                .replace("PROGRAM", Quickstart.program("xdp_count.o").toString());
        CommandLine command = CommandLine.bpfgate().and("allowlist", verb);
        CommandLine.Result result =
                (verb.equals("remove") ? command.and("-o", list) : command).run(Quickstart.allowlist(), given);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.stderr()).contains(explanation);
    }

    @Test
    void queryTellsWhereADigestIsListedAndExitsWith10WhenOneIsNot() {
        String place = "name xdp_count type xdp in list " + Quickstart.allowlist() + ":2, source src/xdp_count.bpf.c";
        CommandLine.Result bare = run("query", Quickstart.allowlist(), XDP_COUNT);
        assertThat(bare.stdout()).isEqualTo("sha256:" + XDP_COUNT + "  listed: " + place + "\n");
        assertThat(bare.exitCode()).isZero();
        CommandLine.Result both = run("query", Quickstart.allowlist(), "sha256:" + XDP_COUNT, ABSENT);
        assertThat(both.stdout())
                .isEqualTo("sha256:" + XDP_COUNT + "  listed: " + place + "\nsha256:" + ABSENT + "  not listed\n");
        assertThat(both.exitCode()).isEqualTo(10);
    }

    @Test
    void theJsonOfAQueryHasAnObjectForEachDigest() {
        CommandLine.Result result = run("query", "--format", "json", Quickstart.allowlist(), ABSENT, XDP_COUNT);
        assertThat(result.exitCode()).isEqualTo(10);
        JsonNode query = Json.of(result);
        assertThat(Json.text(query, "list")).isEqualTo(Quickstart.allowlist().toString());
        List<JsonNode> digests = Json.elements(query.path("digests"));
        assertThat(digests)
                .extracting(digest -> Json.text(digest, "digest"))
                .containsExactly("sha256:" + ABSENT, "sha256:" + XDP_COUNT);
        assertThat(Json.names(digests.get(0))).containsExactly("digest", "listed");
        JsonNode found = digests.get(1);
        assertThat(found.path("listed").booleanValue()).isTrue();
        assertThat(Json.number(found, "line")).isEqualTo(2);
        assertThat(Json.text(found, "name")).isEqualTo("xdp_count");
        assertThat(Json.text(found, "type")).isEqualTo("xdp");
        assertThat(Json.text(found, "source")).isEqualTo("src/xdp_count.bpf.c");
        assertThat(found.path("signer").isMissingNode()).isTrue();
    }

    @Test
    void theJsonOfADifferenceAndOfASummary() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "1".repeat(64) + "  v\n");
        JsonNode built = Json.of(run("build", "--format", "json", "-o", list, text));
        assertThat(Json.text(built, "list")).isEqualTo(list.toString());
        assertThat(Json.number(built, "digests")).isEqualTo(1);
        CommandLine.Result result = run("diff", "--format", "json", list, Quickstart.allowlist());
        assertThat(result.exitCode()).isEqualTo(10);
        JsonNode difference = Json.of(result);
        assertThat(Json.elements(difference.path("changes")))
                .extracting(change -> Json.text(change, "change") + " " + Json.text(change, "digest"))
                .containsExactly("removed sha256:" + "1".repeat(64), "added sha256:" + XDP_COUNT);
        assertThat(Json.number(difference, "added")).isEqualTo(1);
        assertThat(Json.number(difference, "removed")).isEqualTo(1);
        CommandLine.Result none = run("diff", "--format", "json", list, text);
        assertThat(none.exitCode()).isZero();
        assertThat(Json.elements(Json.of(none).path("changes"))).isEmpty();
        JsonNode check = Json.of(run("merge", "--check", "--format", "json", "-o", list, text));
        assertThat(Json.text(check, "list")).isEqualTo(list.toString());
    }

    private static CommandLine.Result run(Object... words) {
        return CommandLine.bpfgate().and("allowlist").run(words);
    }

    private void assertBuilt(int digests, Object... inputs) {
        CommandLine.Result result =
                CommandLine.bpfgate().and("allowlist", "build", "-o", list).run(inputs);
        assertThat(result.stdout())
                .as("%s", result)
                .isEqualTo(list + ": " + digests + (digests == 1 ? " digest\n" : " digests\n"));
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    private static void assertListed(Path in, String digest, String where) {
        CommandLine.Result result = CommandLine.bpfgate().run("allowlist", "query", in, digest);
        assertThat(result.stdout()).as("%s", result).isEqualTo("sha256:" + digest + "  listed: " + where + "\n");
    }
}
