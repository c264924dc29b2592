package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code policy explain} tells to do is done, in a shell, and afterwards the program is let in. */
class TheCommandThatExplainNamesHelpsIT {
    private static final String HEADER =
            "# dialect: bpfgate\npolicy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n";

    @TempDir
    private Path directory;

    private Path quickstart;

    @BeforeEach
    void copy() {
        quickstart = Quickstart.copyTo(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drop_ping-tampered.insns | bpf_signature=OK
            drop_ping-stranger.insns | bpf_integrity=native:OK
            drop_ping-unsigned.o     | bpf_integrity=hornet:OK bpf_integrity=native:OK
            drop_ping-unsigned.o     | bpf_integrity=allowlist:OK bpf_prog_type=socket_filter
            drop_ping-unsigned.o     | bpf_integrity=allowlist:OK bpf_signature=OK
            xdp_count-changed.o      | bpf_integrity=allowlist:OK
            """)
    void aSignatureOrALineInTheList(String program, String conditions) throws IOException {
        Path policy = policy(conditions);
        CommandLine explain =
                explain().and(policy, quickstart.resolve("programs").resolve(program));
        List<String> commands = commands(explain);
        assertThat(commands).isNotEmpty();
        CommandLine.Result done = CommandLine.of("sh", "-e", "-c")
                .with("PATH", Gate.installation().resolve("bin") + ":" + System.getenv("PATH"))
                .with("KEY", key("key"))
                .with("CERT", key("crt"))
                .run(String.join("\n", commands));
        assertThat(done.exitCode()).as("%s", done).isZero();
        assertThat(explain.run().exitCode()).isZero();
    }

    /** The form of the list that is in use; its path needs quotes. */
    enum Form {
        TEXT,
        TEXT_WITHOUT_LAST_LINE_FEED,
        COMPILED,
        SIGNED,
        ONLY_SIGNED_COUNT,
        COMPILED_BESIDE_TEXT,
        EXPIRED,
        EMPTY
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void theListThatIsInUseIsChangedInItsOwnForm(Form form) throws IOException {
        Path odd = Files.createDirectories(directory.resolve("it's in here"));
        Path text = Files.copy(quickstart.resolve("allowlist"), odd.resolve("a list"));
        Path list = odd.resolve("in use");
        List<Object> options = new ArrayList<>(List.of("--trust", quickstart.resolve("trust"), "--allowlist", list));
        switch (form) {
            case TEXT -> Files.copy(text, list);
            case TEXT_WITHOUT_LAST_LINE_FEED ->
                Files.writeString(list, Files.readString(text).stripTrailing());
            case COMPILED -> done("allowlist", "merge", "-o", list, text);
            case COMPILED_BESIDE_TEXT -> {
                done("allowlist", "merge", "-o", list, text);
                options.addAll(List.of("--allowlist", text));
            }
            case SIGNED, ONLY_SIGNED_COUNT -> {
                done("sign", "--contract", "manifest", "--key", key("key"), "--cert", key("crt"), "-o", list, text);
                options.addAll(form == Form.SIGNED ? List.of() : List.of("--signed-lists"));
            }
            case EXPIRED -> Files.writeString(list, "#!valid-until 2020-01-01T00:00:00Z\n" + Files.readString(text));
            case EMPTY -> Files.createFile(list);
        }
        Path own = directory.resolve("own");
        CommandLine explain = CommandLine.bpfgate()
                .and("policy", "explain", "--format", "json")
                .and(options.toArray())
                .and(policy("bpf_integrity=allowlist:OK"), quickstart.resolve("programs/xdp_count-changed.o"));
        CommandLine.Result done = CommandLine.of("sh", "-e", "-c")
                .with("PATH", Gate.installation().resolve("bin") + ":" + System.getenv("PATH"))
                .with("KEY", key("key"))
                .with("CERT", key("crt"))
                .with("LIST_TEXT", text.toString())
                .with("ALLOWLIST", own.toString())
                .run(String.join("\n", commands(explain)));
        assertThat(done.exitCode()).as("%s", done).isZero();
        CommandLine again = form == Form.EXPIRED ? explain.and("--allowlist", own) : explain;
        assertThat(again.run().exitCode()).isZero();
        CommandLine.Result both = CommandLine.bpfgate()
                .and("verify")
                .and(options.toArray())
                .run(quickstart.resolve("programs/xdp_count.o"));
        boolean wasListed = form != Form.EMPTY && form != Form.EXPIRED;
        assertThat(both.exitCode() == 0)
                .as("what was listed before is listed: %s", both)
                .isEqualTo(wasListed);
        assertThat(Files.exists(own)).isEqualTo(form == Form.EXPIRED);
    }

    @Test
    void aRevokedProgramIsNotLetInByAnyList() throws IOException {
        CommandLine.Result result = CommandLine.bpfgate()
                .and("policy", "explain", "--format", "json", "--allowlist", quickstart.resolve("allowlist"))
                .and("--revocations", quickstart.resolve("allowlist"), policy("bpf_integrity=allowlist:OK"))
                .run(quickstart.resolve("programs/xdp_count.o"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        JsonNode program = Json.programs(Json.of(result)).getFirst();
        assertThat(Json.elements(program.path("commands"))).isEmpty();
        assertThat(Json.text(program, "fix")).endsWith("revoked, which no list outweighs; lift the revocation first");
    }

    private static void done(Object... words) {
        CommandLine.Result result = CommandLine.bpfgate().run(words);
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    @Test
    void anotherKeyring() throws IOException {
        Path builtin = Files.createDirectories(directory.resolve("trust/builtin"));
        Files.copy(Path.of(key("crt")), builtin.resolve("signer.crt"));
        Path program = quickstart.resolve("programs/drop_ping.insns");
        CommandLine explain = CommandLine.bpfgate()
                .and("policy", "explain", "--format", "json", "--trust", directory.resolve("trust"))
                .and("--keyring", "user", policy("bpf_keyring=BUILTIN"), program);
        List<String> commands = commands(explain);
        assertThat(commands).singleElement().asString().endsWith(program + " --keyring builtin");
        CommandLine.Result done = CommandLine.of("sh", "-c")
                .with("PATH", Gate.installation().resolve("bin") + ":" + System.getenv("PATH"))
                .run(commands.getFirst());
        assertThat(done.exitCode()).as("%s", done).isZero();
    }

    @Test
    void noCommandIsNamedWhereNoneHelps() throws IOException {
        CommandLine explain = explain().and(policy("bpf_client_uid=0"), quickstart.resolve("programs/drop_ping.insns"));
        CommandLine.Result result = explain.run();
        assertThat(result.exitCode()).isEqualTo(10);
        JsonNode program = Json.programs(Json.of(result)).getFirst();
        assertThat(Json.elements(program.path("commands"))).isEmpty();
        assertThat(program.has("nearest")).isFalse();
        assertThat(Json.text(program, "fix")).isNotBlank();
    }

    @Test
    void everyRuleIsTriedOnEveryProgram() {
        CommandLine.Result result = explain().run(quickstart.resolve("policy.ipe"), quickstart.resolve("programs"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        assertThat(Json.programs(Json.of(result))).hasSize(8).allSatisfy(program -> {
            assertThat(Json.text(program, "decision")).isIn("ALLOW", "DENY");
            assertThat(Json.elements(program.path("rules")))
                    .extracting(rule -> Json.number(rule, "line"))
                    .containsExactly(14, 17, 20);
        });
    }

    @Test
    void aPolicyThatDoesNotLoadIsOneLine() throws IOException {
        Path bad = Files.writeString(directory.resolve("bad.ipe"), "policy_name=p\n");
        CommandLine.Result result =
                CommandLine.bpfgate().run("policy", "explain", bad, quickstart.resolve("programs/drop_ping.insns"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics()).singleElement().asString().startsWith("bpfgate: " + bad + ":1:14: ");
        assertThat(result.stdout()).isEmpty();
    }

    private CommandLine explain() {
        return CommandLine.bpfgate()
                .and("policy", "explain", "--format", "json")
                .and("--trust", quickstart.resolve("trust"))
                .and("--allowlist", quickstart.resolve("allowlist"));
    }

    private static List<String> commands(CommandLine explain) {
        CommandLine.Result result = explain.run();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        JsonNode program = Json.programs(Json.of(result)).getFirst();
        return Json.elements(program.path("commands")).stream()
                .map(JsonNode::textValue)
                .toList();
    }

    private Path policy(String conditions) throws IOException {
        return Files.writeString(
                directory.resolve("policy.ipe"), HEADER + "op=BPF_PROG_LOAD " + conditions + " action=ALLOW\n");
    }

    private String key(String kind) {
        return quickstart.resolve("keys/EXAMPLE-ONLY-NEVER-TRUST." + kind).toString();
    }
}
