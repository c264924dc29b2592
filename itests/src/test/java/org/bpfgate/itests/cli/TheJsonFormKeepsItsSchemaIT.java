package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --format json} prints is what the schema of the distribution documents: every member is there, and no other. */
class TheJsonFormKeepsItsSchemaIT {
    @TempDir
    private Path directory;

    private ObjectNode schema;

    @BeforeEach
    void read() throws IOException {
        Path file = Gate.installation().resolve("docs/schema/bpfgate-output-1.schema.json");
        schema = (ObjectNode) Json.parse(Files.readString(file));
        close(schema);
    }

    /** Readers allow members that they do not know; a test does not, or nobody would document them. */
    private static void close(JsonNode node) {
        if (node.path("properties").isObject() && node instanceof ObjectNode object) {
            object.put("additionalProperties", false);
        }
        node.forEach(TheJsonFormKeepsItsSchemaIT::close);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check     | 3  | check EXAMPLE no-such-file
            check     | 10 | check --only-denied --allowlist LIST --policy POLICY --trust TRUST EXAMPLE
            check     | 0  | check --permissive --policy POLICY EXAMPLE
            verify    | 3  | verify EXAMPLE no-such-file
            test      | 0  | test EXAMPLE
            test      | 3  | test COPY
            explain   | 10 | policy explain POLICY EXAMPLE
            sign      | 0  | sign --key KEY --cert CERT -o OUT PROGRAM
            signText  | 0  | sign --contract manifest --key KEY --cert CERT -o OUT LIST
            lint      | 0  | policy lint POLICY
            lint      | 3  | policy lint WRONG
            failure   | 3  | policy lint no-such-file
            policies  | 0  | policy load --allow-unsigned --state STATE POLICY
            refusal   | 3  | policy activate --state STATE no-such-policy
            diff      | 0  | policy diff POLICY POLICY
            diff      | 10 | policy diff POLICY OTHER
            list      | 0  | allowlist build -o OUT LIST
            listDiff  | 10 | allowlist diff LIST EMPTY
            listDiff  | 0  | allowlist build --check -o OUT LIST
            query     | 10 | allowlist query LIST DIGEST
            failure   | 3  | check --policy no-such-file EXAMPLE
            failure   | 3  | allowlist query no-such-file DIGEST
            """)
    void everyVerb(String form, int code, String words) throws IOException {
        prepare();
        CommandLine.Result result = CommandLine.bpfgate()
                .and(Stream.of(words.split(" ", -1)).map(this::word).toArray())
                .run("--format", "json");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(code);
        JsonNode printed = Json.of(result);
        assertThat(Json.number(printed, "schemaVersion")).isEqualTo(1);
        assertThat(definition(form).validate(printed)).as("%s", result).isEmpty();
    }

    @Test
    @Tag("kernel")
    void theDoctor() throws IOException {
        JsonNode host = Json.of(CommandLine.bpfgate().run("doctor", "--format", "json"));
        assertThat(Json.number(host, "schemaVersion")).isEqualTo(1);
        assertThat(definition("doctorHost").validate(host)).isEmpty();
        Path client = CProgram.compiled("failing_load.c", directory);
        Path report = directory.resolve("report.json");
        CommandLine.Result result =
                CommandLine.bpfgate().run("doctor", "--format", "json", "-o", report, "--", client, "bad_and_quiet");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        JsonNode command = Json.parse(Files.readString(report));
        assertThat(Json.elements(command.path("failures"))).isNotEmpty();
        assertThat(definition("doctorCommand").validate(command)).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatItDoesNotDocument() {
        CommandLine.Result result =
                CommandLine.bpfgate().run("policy", "lint", "--format", "json", Quickstart.policy());
        ObjectNode printed = (ObjectNode) Json.of(result);
        printed.put("extra", 1);
        assertThat(definition("lint").validate(printed)).isNotEmpty();
        printed.remove("extra");
        printed.remove("ok");
        assertThat(definition("lint").validate(printed)).isNotEmpty();
    }

    @Test
    void whatCannotBeReadAndWhatIsMissingIsInIt() throws IOException {
        prepare();
        JsonNode test = Json.of(CommandLine.bpfgate().run("test", "--format", "json", directory.resolve("quickstart")));
        assertThat(Json.elements(test.path("missing"))).singleElement().satisfies(missing -> {
            assertThat(Json.text(missing, "program")).isEqualTo("programs/none.o");
            assertThat(Json.text(missing, "expected")).isEqualTo("ALLOW");
        });
        JsonNode check = Json.of(CommandLine.bpfgate().run("check", "--format", "json", "no-such-file"));
        assertThat(Json.elements(check.path("unreadable"))).singleElement().satisfies(fault -> {
            assertThat(Json.text(fault, "file")).isEqualTo("no-such-file");
            assertThat(Json.text(fault, "message")).isEqualTo("no-such-file: does not exist");
        });
    }

    private JsonSchema definition(String form) {
        ObjectNode one = schema.deepCopy();
        one.remove("anyOf");
        one.put("$ref", "#/$defs/" + form);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(one);
    }

    private void prepare() throws IOException {
        Path copy = Quickstart.copyTo(directory).resolve("expected");
        Files.writeString(copy, Files.readString(copy) + "ALLOW programs/none.o\n");
        Files.writeString(directory.resolve("wrong"), "policy_name=a policy_version=1.0.0\noops\n");
        Files.writeString(directory.resolve("other"), "policy_name=a policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        Files.writeString(directory.resolve("empty"), "# nothing\n");
        Files.createDirectory(directory.resolve("state"));
    }

    private Object word(String word) {
        Path keys = Quickstart.directory().resolve("keys");
        return switch (word) {
            case "EXAMPLE" -> Quickstart.directory();
            case "COPY" -> directory.resolve("quickstart");
            case "PROGRAM" -> Quickstart.program("xdp_count.lskel.h");
            case "POLICY" -> Quickstart.policy();
            case "TRUST" -> Quickstart.trust();
            case "LIST" -> Quickstart.allowlist();
            case "KEY" -> keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.key");
            case "CERT" -> keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.crt");
            case "DIGEST" -> "f".repeat(64);
            case "OUT", "WRONG", "OTHER", "EMPTY", "STATE" -> directory.resolve(word.toLowerCase(Locale.ROOT));
            default -> word;
        };
    }
}
