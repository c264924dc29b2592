package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintSaysWhatIsWrongWithAPolicyIT {
    private static final String HEADER = "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n";
    private static final String GOOD = HEADER + "op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\n";
    private static final String BAD = HEADER + "op=EXEC action=ALLOW\nop=BPF_PROG_LOAD action=DEN\n";
    private static final String SUSPICIOUS = HEADER + "op=BPF_PROG_LOAD bpf_keyring=BUILTIN action=ALLOW\n";
    private static final String NEW_WORD = HEADER + "op=BPF_PROG_LOAD bpf_name=a action=ALLOW\n";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("a b.ipe");
    }

    @Test
    void aGoodPolicyLoads() throws IOException {
        CommandLine.Result result = lint(GOOD);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout()).isEqualTo(file + ": loads, no warnings\n");
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void allErrorsAreToldAtOnce() throws IOException {
        CommandLine.Result result = lint(BAD);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.stdout().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(file + ":3:1: error: ")
                                .endsWith(" (EBADMSG)"),
                        line -> assertThat(line)
                                .startsWith(file + ":4:18: error: ")
                                .contains("action=DENY"),
                        line -> assertThat(line).isEqualTo(file + ": does not load, 2 errors"));
    }

    @Test
    void aWarningLetsItLoad() throws IOException {
        CommandLine.Result result = lint(SUSPICIOUS);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout()).startsWith(file + ":3:18: warning: ").contains("[KEYRING_UNSET]\n");
    }

    @Test
    void aWordOfAnotherDialectIsAnErrorOrByTheOptionAWarning() throws IOException {
        assertThat(lint(NEW_WORD).exitCode()).isEqualTo(3);
        CommandLine.Result result = lint(NEW_WORD, "--dialect", "bpfgate");
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout()).contains(":3:18: warning: ", "[OTHER_DIALECT]");
        assertThat(lint(GOOD, "--dialect", "ops7").exitCode()).isEqualTo(3);
    }

    @Test
    void theJsonFormHasTheFirstErrorAsItsMembers() throws IOException {
        CommandLine.Result result = lint(BAD, "--format", "json");
        assertThat(result.exitCode()).isEqualTo(3);
        JsonNode found = Json.of(result);
        assertThat(found.path("ok").booleanValue()).isFalse();
        assertThat(Json.text(found, "errno")).isEqualTo("EBADMSG");
        assertThat(Json.number(found, "line")).isEqualTo(3);
        assertThat(Json.number(found, "column")).isEqualTo(1);
        assertThat(Json.text(found, "message")).isNotBlank();
        assertThat(Json.elements(found.path("errors"))).hasSize(2);
        assertThat(Json.elements(found.path("warnings"))).isEmpty();
    }

    @Test
    void theJsonFormOfAGoodPolicyHasItsWarnings() throws IOException {
        JsonNode found = Json.of(lint(SUSPICIOUS, "--format", "json"));
        assertThat(Json.names(found)).containsExactly("schemaVersion", "ok", "errors", "warnings");
        assertThat(found.path("ok").booleanValue()).isTrue();
        assertThat(Json.elements(found.path("warnings"))).singleElement().satisfies(warning -> {
            assertThat(Json.text(warning, "kind")).isEqualTo("KEYRING_UNSET");
            assertThat(Json.number(warning, "line")).isEqualTo(3);
            assertThat(Json.number(warning, "column")).isEqualTo(18);
            assertThat(Json.text(warning, "message")).isNotBlank();
        });
    }

    /** The members that section 3 of SARIF 2.1.0 requires, and those that a scanner needs to show the place. */
    @Test
    void theSarifFormHasWhatTheStandardRequires() throws IOException {
        JsonNode log = Json.of(lint(BAD, "--format", "sarif"));
        assertThat(Json.text(log, "version")).isEqualTo("2.1.0");
        JsonNode run = Json.elements(log.path("runs")).getFirst();
        JsonNode driver = run.path("tool").path("driver");
        assertThat(Json.text(driver, "name")).isNotBlank();
        assertThat(Json.elements(driver.path("rules"))).isNotEmpty().allSatisfy(rule -> Json.text(rule, "id"));
        assertThat(Json.elements(run.path("results"))).hasSize(2).allSatisfy(result -> {
            assertThat(Json.text(result, "ruleId")).isEqualTo("EBADMSG");
            assertThat(Json.text(result, "level")).isEqualTo("error");
            assertThat(Json.text(result.path("message"), "text")).isNotBlank();
            JsonNode place = Json.elements(result.path("locations")).getFirst().path("physicalLocation");
            assertThat(Json.text(place.path("artifactLocation"), "uri"))
                    .isEqualTo("file://" + directory + "/a%20b.ipe");
            assertThat(Json.number(place.path("region"), "startLine")).isPositive();
            assertThat(Json.number(place.path("region"), "startColumn")).isPositive();
        });
    }

    @Test
    void sarifDescribesErrorsAndTellsOfAMissingFile() throws IOException {
        JsonNode run = Json.of(lint(BAD, "--format", "sarif")).path("runs").path(0);
        JsonNode driver = run.path("tool").path("driver");
        assertThat(URI.create(Json.text(driver, "informationUri")).isAbsolute()).isTrue();
        assertThat(Json.text(run, "columnKind")).isEqualTo("utf16CodeUnits");
        assertThat(Json.elements(driver.path("rules")))
                .extracting(rule -> Json.text(rule, "id"))
                .containsAll(Json.elements(run.path("results")).stream()
                        .map(result -> Json.text(result, "ruleId"))
                        .toList());
        CommandLine.Result missing = CommandLine.bpfgate().run("policy", "lint", "--format", "sarif", "no-such.ipe");
        assertThat(missing.exitCode()).isEqualTo(3);
        JsonNode result = Json.of(missing).path("runs").path(0).path("results").path(0);
        assertThat(Json.text(result, "ruleId")).isEqualTo("UNREADABLE");
        assertThat(Json.text(result.path("message"), "text")).isEqualTo("no-such.ipe: does not exist");
    }

    @Test
    void warningsInSarifNameARuleThatItDescribes() throws IOException {
        JsonNode run = Json.elements(
                        Json.of(lint(SUSPICIOUS, "--format", "sarif")).path("runs"))
                .getFirst();
        JsonNode result = Json.elements(run.path("results")).getFirst();
        assertThat(Json.text(result, "level")).isEqualTo("warning");
        assertThat(Json.elements(run.path("tool").path("driver").path("rules")))
                .extracting(rule -> Json.text(rule, "id"))
                .contains(Json.text(result, "ruleId"));
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        CommandLine.Result result = CommandLine.bpfgate().run("policy", "lint", file);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.diagnostics()).containsExactly("bpfgate: " + file + ": does not exist");
        assertThat(result.stdout()).isEmpty();
    }

    private CommandLine.Result lint(String text, Object... options) throws IOException {
        Files.writeString(file, text);
        return CommandLine.bpfgate().and("policy", "lint").and(options).run(file);
    }
}
