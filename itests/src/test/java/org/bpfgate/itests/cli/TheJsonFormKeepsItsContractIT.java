package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.itests.Json.elements;
import static org.bpfgate.itests.Json.names;
import static org.bpfgate.itests.Json.number;
import static org.bpfgate.itests.Json.programs;
import static org.bpfgate.itests.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.Libxdp;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.Test;

/** Fields may be added to the JSON form, and none renamed: each is looked at by its name and its kind. */
class TheJsonFormKeepsItsContractIT {
    private static final String SHA256 = "sha256:[0-9a-f]{64}";

    @Test
    void theStackIsListedInItsOrder() {
        JsonNode result = check("drop_ping.insns");
        assertThat(number(result, "generation")).isPositive();
        List<JsonNode> stack = elements(result.path("stack"));
        assertThat(stack)
                .extracting(module -> text(module, "lsm"))
                .containsExactly("hornet", "native", "allowlist", "ipe");
        assertThat(stack).extracting(module -> number(module, "ranking")).containsExactly(300, 290, 200, 100);
        assertThat(stack).allSatisfy(module -> {
            assertThat(text(module, "bundle")).startsWith("org.bpfgate.");
            assertThat(text(module, "version")).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
        });
    }

    @Test
    void everyProgramOfACheckHasEveryFieldOfTheContract() {
        List<JsonNode> programs = programs(check(""));
        assertThat(programs).hasSize(8).allSatisfy(program -> {
            assertIdentity(program);
            assertVerdicts(program);
            assertDecision(program);
        });
    }

    @Test
    void anAllowedProgramReadsAsInTheContract() {
        JsonNode program = programs(check("xdp_count.o")).getFirst();
        assertThat(text(program, "path"))
                .isEqualTo(Quickstart.program("xdp_count.o").toString());
        assertThat(text(program, "program")).isEqualTo("xdp_count");
        assertThat(text(program, "type")).isEqualTo("xdp");
        assertThat(number(program, "instructions")).isEqualTo(32);
        assertThat(text(program, "decision")).isEqualTo("ALLOW");
        assertThat(names(program)).doesNotContain("errno", "deniedBy", "fix");
        assertThat(text(program.path("policy"), "name")).isEqualTo("quickstart");
        assertThat(text(program.path("policy"), "version")).isEqualTo("1.0.0");
        assertThat(number(program.path("rule"), "line")).isEqualTo(20);
        assertThat(text(program.path("rule"), "kind")).isEqualTo("RULE");
        assertThat(text(program.path("rule"), "text"))
                .isEqualTo("op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW");
    }

    @Test
    void aGoodSignatureNamesContractAndSigner() {
        JsonNode verdict =
                programs(check("drop_ping.insns")).getFirst().path("verdicts").path(0);
        assertThat(text(verdict, "lsm")).isEqualTo("hornet");
        assertThat(text(verdict, "verdict")).isEqualTo("OK");
        assertThat(text(verdict, "contract")).isEqualTo("hornet");
        assertThat(text(verdict, "signer")).matches(SHA256);
        assertThat(elements(verdict.path("signers"))).singleElement().satisfies(signer -> {
            assertThat(text(signer, "certificate")).isEqualTo(text(verdict, "signer"));
            assertThat(text(signer, "subject")).isEqualTo(text(verdict, "subject"));
        });
        assertThat(text(verdict, "code")).isEqualTo("verified");
        assertThat(text(verdict, "digestAlgorithm")).isEqualTo("SHA-256");
        assertThat(text(verdict, "covered")).isEqualTo("instructions");
        assertThat(number(verdict, "mapsSigned")).isZero();
        assertThat(number(verdict, "mapsMatched")).isZero();
        assertThat(number(verdict, "mapsImmutable")).isZero();
    }

    @Test
    void aDefaultThatDecidesIsToldFromARule() {
        JsonNode rule = programs(check("exec_trace.o")).getFirst().path("rule");
        assertThat(text(rule, "kind")).isEqualTo("DEFAULT_OP");
        assertThat(number(rule, "line")).isEqualTo(10);
    }

    @Test
    void verifyHasTheSameWithoutADecision() {
        CommandLine.Result result = CommandLine.bpfgate().run("verify", "--format", "json", Quickstart.directory());
        List<JsonNode> programs = programs(Json.of(result));
        assertThat(programs).hasSize(8).allSatisfy(program -> {
            assertIdentity(program);
            assertVerdicts(program);
            assertThat(names(program))
                    .doesNotContain("decision", "errno", "deniedBy", "policy", "rule", "reason", "fix");
        });
    }

    @Test
    void testAddsWhatWasExpected() {
        CommandLine.Result result = CommandLine.bpfgate().run("test", "--format", "json", Quickstart.directory());
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(programs(Json.of(result))).hasSize(8).allSatisfy(program -> {
            assertDecision(program);
            assertThat(text(program, "expected")).startsWith(text(program, "decision"));
            assertThat(program.path("asExpected").booleanValue()).isTrue();
        });
    }

    @Test
    void aDigestThatIsNotKnownOfflineHasAReasonInstead() {
        Libxdp.require();
        CommandLine.Result result =
                CommandLine.bpfgate().run("verify", "--format", "json", Libxdp.object("xdpdump_bpf.o"));
        assertThat(programs(Json.of(result))).hasSize(2).allSatisfy(program -> {
            assertThat(names(program)).doesNotContain("digest", "tag");
            assertThat(text(program, "digestUnavailable")).isNotBlank();
        });
    }

    private static JsonNode check(String program) {
        CommandLine.Result result = CommandLine.bpfgate()
                .run(
                        "check",
                        "--format",
                        "json",
                        "--policy",
                        Quickstart.policy(),
                        "--trust",
                        Quickstart.trust(),
                        "--allowlist",
                        Quickstart.allowlist(),
                        Quickstart.program(program));
        assertThat(result.stderr()).isEmpty();
        return Json.of(result);
    }

    private static void assertIdentity(JsonNode program) {
        assertThat(text(program, "path")).startsWith(Quickstart.directory().toString());
        text(program, "program");
        assertThat(text(program, "type")).isNotBlank();
        assertThat(number(program, "instructions")).isPositive();
        assertThat(text(program, "digest")).matches(SHA256).startsWith("sha256:" + text(program, "tag"));
        assertThat(text(program, "tag")).matches("[0-9a-f]{16}");
    }

    private static void assertVerdicts(JsonNode program) {
        assertThat(elements(program.path("verdicts"))).isNotEmpty().allSatisfy(verdict -> {
            assertThat(text(verdict, "lsm")).isIn("hornet", "native", "allowlist");
            assertThat(text(verdict, "reason")).isNotBlank();
            boolean ok = IntegrityVerdict.valueOf(text(verdict, "verdict")) == IntegrityVerdict.OK;
            assertThat(verdict.has("signer"))
                    .isEqualTo(ok && !text(verdict, "lsm").equals("allowlist"));
        });
    }

    private static void assertDecision(JsonNode program) {
        assertThat(text(program, "decision")).isIn("ALLOW", "DENY");
        assertThat(names(program.path("policy"))).contains("name", "version");
        assertThat(names(program.path("rule"))).contains("line", "text", "kind");
        assertThat(text(program.path("rule"), "kind")).isIn("RULE", "DEFAULT_OP", "DEFAULT");
        if (text(program, "decision").equals("DENY")) {
            assertThat(text(program, "errno")).isEqualTo("EACCES");
            assertThat(text(program, "deniedBy")).isEqualTo("ipe");
            assertThat(text(program, "reason")).isNotBlank();
            assertThat(text(program, "fix")).isNotBlank();
        }
    }
}
