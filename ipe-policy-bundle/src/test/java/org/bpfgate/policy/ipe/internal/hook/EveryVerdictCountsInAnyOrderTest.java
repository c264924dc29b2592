package org.bpfgate.policy.ipe.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryVerdictCountsInAnyOrderTest {
    private static final String POLICY = """
            # dialect: bpfgate
            policy_name=prod policy_version=2.1.0
            DEFAULT action=DENY
            op=BPF_PROG_LOAD bpf_kernel=TRUE action=ALLOW
            op=BPF_PROG_LOAD bpf_integrity=native:BADSIG action=DENY   # whatever the others say
            op=BPF_PROG_LOAD bpf_signature=OK bpf_keyring=PLATFORM action=ALLOW
            op=BPF_PROG_LOAD bpf_integrity=allowlist:OK bpf_integrity=hornet:UNSIGNED action=ALLOW
            op=BPF_PROG_LOAD bpf_signer=sha256:abababababababababababababababababababababababababababababababab action=ALLOW
            """;

    private Gate gate;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        gate = new Gate(temporary.resolve("storage"));
        Path policy = Files.writeString(temporary.resolve("prod.ipe"), POLICY);
        gate.configure(Map.of("policy", policy.toString()));
    }

    @AfterAll
    void stop() throws Exception {
        gate.close();
    }

    static List<List<String>> orders() {
        String a = "hornet=UNSIGNED";
        String b = "native=UNSIGNED";
        String c = "allowlist=OK";
        return List.of(
                List.of(a, b, c),
                List.of(a, c, b),
                List.of(b, a, c),
                List.of(b, c, a),
                List.of(c, a, b),
                List.of(c, b, a));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void inEachPermutationOfTheVerifiers(List<String> reports) {
        LoadDecision decision = gate.load(Gate.aLoad(), reports.toArray(String[]::new));

        assertThat(decision.isAllow()).isTrue();
        assertThat(decision.decidedBy()).isEqualTo(new LsmId("ipe", 113));
        assertThat(decision.result().basis())
                .contains(new PolicyBasis(
                        "prod",
                        "2.1.0",
                        PolicyBasis.Kind.RULE,
                        7,
                        "op=BPF_PROG_LOAD bpf_integrity=allowlist:OK bpf_integrity=hornet:UNSIGNED action=ALLOW"));
    }

    @Test
    void bpfSignatureReadsHornetAlone() {
        assertThat(gate.load(Gate.aLoad().withKeyring(KeyringId.PLATFORM), "hornet=OK", "native=UNSIGNED")
                        .isAllow())
                .isTrue();
        assertThat(gate.load(Gate.aLoad().withKeyring(KeyringId.PLATFORM), "native=OK", "hornet=UNSIGNED")
                        .isAllow())
                .isFalse();
    }

    @Test
    void aRuleThatDeniesEndsTheEvaluation() {
        LoadDecision decision = gate.load(Gate.aLoad().withKeyring(KeyringId.PLATFORM), "hornet=OK", "native=BADSIG");

        assertThat(decision.result().errno()).contains(Errno.EACCES);
        assertThat(decision.result().reason()).isEqualTo("rule at line 5 denies: bpf_integrity=native:BADSIG");
        assertThat(decision.result().basis().map(PolicyBasis::text))
                .contains("op=BPF_PROG_LOAD bpf_integrity=native:BADSIG action=DENY");
    }

    @Test
    void withoutAVerifierTheDefaultHolds() {
        LoadDecision decision = gate.load(Gate.aLoad());

        assertThat(decision.deniedBy()).contains(new LsmId("ipe", 113));
        assertThat(decision.result().reason())
                .isEqualTo("no rule allows a program that no verifier reports on; the default denies");
    }

    @Test
    void aVerdictOfOneLoadIsNotSeenByTheNext() {
        gate.load(Gate.aLoad(), "hornet=UNSIGNED", "allowlist=OK");

        assertThat(gate.load(Gate.aLoad(), "hornet=UNSIGNED").isAllow()).isFalse();
    }

    @Test
    void theSignerIsTheOneOfTheReport() {
        assertThat(gate.load(Gate.aLoad(), "native=PARTIALSIG/" + "ab".repeat(32))
                        .isAllow())
                .isTrue();
        assertThat(gate.load(Gate.aLoad(), "native=PARTIALSIG/" + "cd".repeat(32))
                        .isAllow())
                .isFalse();
    }

    @Test
    void theKernelsOwnLoadsAreToldApart() {
        assertThat(gate.load(Gate.aLoad().withOrigin(LoadOrigin.KERNEL), "hornet=UNSIGNED")
                        .isAllow())
                .isTrue();
    }

    @Test
    void theModuleStandsInTheStackUnderItsNameAndRanking() {
        assertThat(gate.service(SecurityHooks.class).stack().modules())
                .extracting(ModuleStack.Entry::lsm, ModuleStack.Entry::ranking)
                .containsExactly(tuple(new LsmId("ipe", 113), 100));
    }
}
