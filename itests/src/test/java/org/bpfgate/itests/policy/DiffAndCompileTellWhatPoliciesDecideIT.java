package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffAndCompileTellWhatPoliciesDecideIT {
    /** A search that is given up takes 26 s alone, and longer beside other tests. */
    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(5);

    private static final String HEADER = "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n";
    private static final String SIGNED = HEADER + "op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\n";
    private static final String BUILTIN =
            HEADER + "op=BPF_PROG_LOAD  bpf_signature=OK bpf_keyring=BUILTIN  action=ALLOW # spaced\n";

    @TempDir
    private Path directory;

    @Test
    void equivalentPoliciesExitWith0() throws IOException {
        CommandLine.Result result = diff(SIGNED, "# another text\n" + SIGNED);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout()).isEqualTo("both decide alike on every event\n");
    }

    @Test
    void aDifferenceHasAWitnessAndExitsWith10() throws IOException {
        CommandLine.Result result = diff(SIGNED, BUILTIN);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        Path first = directory.resolve("first.ipe");
        Path second = directory.resolve("second.ipe");
        assertThat(result.stdout().lines())
                .containsExactly(
                        "only " + first + " allows: op=BPF_PROG_LOAD, bpf_signature=OK, bpf_keyring=USER",
                        "       " + first + ":3: op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW",
                        "       " + second + ":2: DEFAULT action=DENY",
                        "only " + second + " allows: nothing");
    }

    @Test
    void theJsonFormHasTheWitnessToo() throws IOException {
        JsonNode found = Json.of(diff(SIGNED, BUILTIN, "--format", "json"));
        assertThat(found.path("equivalent").booleanValue()).isFalse();
        assertThat(found.path("exhaustive").booleanValue()).isTrue();
        JsonNode witness = found.path("allowedOnlyByFirst");
        assertThat(Json.text(witness, "op")).isEqualTo("BPF_PROG_LOAD");
        assertThat(Json.elements(witness.path("facts"))).hasSize(2);
        assertThat(Json.number(witness.path("first"), "line")).isEqualTo(3);
        assertThat(Json.number(witness.path("second"), "line")).isEqualTo(2);
        assertThat(found.has("allowedOnlyBySecond")).isFalse();
    }

    @Test
    void theOneThatDoesNotLoadIsNamed() throws IOException {
        CommandLine.Result result = diff(SIGNED, HEADER + "op=EXEC action=ALLOW\n");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.stderr()).startsWith("bpfgate: " + directory.resolve("second.ipe") + ":3:1: ");
        assertThat(result.stdout()).isEmpty();
    }

    /** A policy that denies every way to put ten pigeons into nine holes; that there is none takes a search of cases. */
    @Test
    void aSearchThatTakesTooLongIsNoEquivalence() throws IOException {
        CommandLine.Result result =
                diff(pigeons(10, 9), "# dialect: bpfgate\npolicy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.diagnostics())
                .singleElement()
                .asString()
                .startsWith("bpfgate: not known whether they differ");
        assertThat(result.stdout().lines()).hasSize(2).allMatch(line -> line.endsWith(" allows: not known"));
    }

    /** The kernel function p1h2 is called when pigeon 1 sits in hole 2. */
    private static String pigeons(int pigeons, int holes) {
        StringBuilder text = new StringBuilder("# dialect: bpfgate\npolicy_name=p policy_version=1.0.0\n");
        text.append("DEFAULT action=DENY\nDEFAULT op=BPF_PROG_LOAD action=ALLOW\n");
        for (int pigeon = 0; pigeon < pigeons; pigeon++) {
            text.append("op=BPF_PROG_LOAD");
            for (int hole = 0; hole < holes; hole++) {
                text.append(" bpf_kfunc=!p").append(pigeon).append('h').append(hole);
            }
            text.append(" action=DENY\n");
            for (int other = 0; other < pigeon; other++) {
                for (int hole = 0; hole < holes; hole++) {
                    text.append("op=BPF_PROG_LOAD bpf_kfunc=p")
                            .append(pigeon)
                            .append('h')
                            .append(hole);
                    text.append(" bpf_kfunc=p")
                            .append(other)
                            .append('h')
                            .append(hole)
                            .append(" action=DENY\n");
                }
            }
        }
        return text.toString();
    }

    @Test
    void theCanonicalFormIsItsOwnCanonicalFormAndDecidesTheSame() throws IOException {
        Path policy = file("policy.ipe", BUILTIN);
        Path once = directory.resolve("once.ipe");
        CommandLine.Result written = CommandLine.bpfgate().run("policy", "compile", "-o", once, policy);
        assertThat(written.exitCode()).as("%s", written).isZero();
        assertThat(CommandLine.bpfgate().run("policy", "compile", once).stdout())
                .isEqualTo(Files.readString(once))
                .isEqualTo(HEADER + "op=BPF_PROG_LOAD bpf_signature=OK bpf_keyring=BUILTIN action=ALLOW\n");
        assertThat(CommandLine.bpfgate().run("policy", "diff", policy, once).exitCode())
                .isZero();
    }

    @Test
    void bytesThatAreNoTextAreNotPrintedButWritten() throws IOException {
        byte[] text = SIGNED.replace("policy_name=p", "policy_name=\u00ff").getBytes(StandardCharsets.ISO_8859_1);
        Path policy = Files.write(directory.resolve("bytes.ipe"), text);
        CommandLine.Result refused = CommandLine.bpfgate().run("policy", "compile", policy);
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stdout()).isEmpty();
        assertThat(refused.diagnostics()).singleElement().asString().contains("not UTF-8");
        Path output = directory.resolve("out.ipe");
        CommandLine.bpfgate().run("policy", "compile", "-o", output, policy);
        assertThat(Files.readAllBytes(output)).isEqualTo(text);
    }

    private CommandLine.Result diff(String first, String second, Object... options) throws IOException {
        return CommandLine.bpfgate()
                .and("policy", "diff")
                .and(options)
                .within(LONGEST_SEARCH)
                .run(file("first.ipe", first), file("second.ipe", second));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
