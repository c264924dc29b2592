package org.bpfgate.policy.ipe.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.cm.ConfigurationException;

class PermissiveNeverBlocksTest {
    private static final String POLICY = """
        policy_name=P policy_version=1.0.0
        DEFAULT action=DENY
        op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW
        """;

    @TempDir
    Path directory;

    private Gate gate;
    private Path policy;
    private Path audit;

    @BeforeEach
    void open() throws Exception {
        gate = new Gate(directory.resolve("storage"));
        policy = Files.writeString(directory.resolve("p.ipe"), POLICY);
        audit = directory.resolve("audit.log");
        gate.auditInKernelFormat(audit);
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
    }

    @Test
    void aDenialIsRecordedAndBlocks() throws Exception {
        configure(Map.of());

        assertThat(gate.load(Gate.aLoad(), "hornet=BADSIG").isAllow()).isFalse();
        assertThat(records())
                .containsExactly("1420 ipe_op=BPF_PROG_LOAD ipe_hook=BPF_PROG_LOAD enforcing=1 pid=? comm=?"
                        + " path=? dev=? ino=? rule=\"DEFAULT action=DENY\"");
    }

    /** A module whose policy was taken away denies, and says so as it does for every denial. */
    @Test
    void aDenialWithoutAPolicyIsRecorded() throws Exception {
        configure(Map.of());
        gate.configuration().updated(null);
        LoadDecision decision = gate.load(Gate.aLoad(), "hornet=OK");

        assertThat(decision.isAllow()).isFalse();
        assertThat(decision.result().reason()).isEqualTo("no policy is loaded");
        assertThat(records())
                .containsExactly("1420 ipe_op=BPF_PROG_LOAD ipe_hook=BPF_PROG_LOAD enforcing=1 pid=? comm=?"
                        + " path=? dev=? ino=? rule=?");
    }

    @Test
    void whileNotEnforcingItIsRecordedAndDoesNotBlock() throws Exception {
        configure(Map.of("enforce", "0"));
        LoadDecision decision = gate.load(Gate.aLoad(), "hornet=BADSIG");

        assertThat(decision.isAllow()).isTrue();
        assertThat(decision.result().basis().orElseThrow().text()).isEqualTo("DEFAULT action=DENY");
        assertThat(decision.result().isPermitted()).isTrue();
        assertThat(decision.result().reason()).startsWith("permissive: would be denied: no rule allows");
        LoadDecision good = gate.load(Gate.aLoad(), "hornet=OK");
        assertThat(good.result().isPermitted()).isFalse();
        assertThat(good.result().reason()).isEmpty();
        assertThat(records())
                .hasSize(2)
                .anyMatch(record -> record.startsWith("1404 enforcing=0 old_enforcing=1 "))
                .anyMatch(record -> record.contains(" enforcing=0 pid=?") && record.endsWith("action=DENY\""));
    }

    /** What a mediator loads all the same is recorded as not enforced; the module's own result stays. */
    @Test
    void aLoadThatItsMediatorLoadsAllTheSameIsRecordedAsNotEnforced() throws Exception {
        configure(Map.of());
        LoadDecision decision = gate.load(Gate.aLoad().withoutEnforcement(), "hornet=BADSIG");

        assertThat(decision.isAllow()).isFalse();
        assertThat(records()).singleElement().asString().contains(" enforcing=0 pid=?");
    }

    @Test
    void allowancesAreRecordedOnRequestOnly() throws Exception {
        configure(Map.of());
        gate.load(Gate.aLoad(), "hornet=OK");
        assertThat(records()).isEmpty();
        configure(Map.of("success_audit", true));
        gate.load(Gate.aLoad(), "hornet=OK");

        assertThat(records())
                .hasSize(1)
                .allMatch(record -> record.endsWith("rule=\"op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\""));
    }

    @Test
    void onlyAChangeOfEnforcementIsRecorded() throws Exception {
        configure(Map.of("enforce", "1"));
        configure(Map.of("enforce", "on", "success_audit", "y"));
        assertThat(records()).isEmpty();
        configure(Map.of("enforce", "0"));
        configure(Map.of("enforce", "off"));
        configure(Map.of());

        assertThat(records())
                .hasSize(2)
                .anyMatch(record -> record.startsWith("1404 enforcing=0 "))
                .anyMatch(record -> record.startsWith("1404 enforcing=1 "));
    }

    @ParameterizedTest
    @CsvSource({"enforce, maybe", "enforce, ''", "success_audit, '1 1'", "unsigned, o"})
    void whatIsNoSwitchChangesNothing(String key, String value) throws Exception {
        configure(Map.of());

        assertThatThrownBy(() -> configure(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key);
        assertThat(gate.load(Gate.aLoad(), "hornet=BADSIG").isAllow()).isFalse();
    }

    private void configure(Map<String, Object> enforcement) throws Exception {
        Map<String, Object> all = new HashMap<>(enforcement);
        all.put("policy", policy.toString());
        gate.configure(all);
    }

    /** Returns the records without their time and sequence: {@code NUMBER TEXT}. */
    private List<String> records() throws IOException {
        assertThat(gate.service(AuditSink.class).flush(Duration.ofSeconds(30))).isTrue();
        return Files.readAllLines(audit).stream()
                .map(line ->
                        line.substring("type=".length(), line.indexOf(' ')) + line.substring(line.indexOf("): ") + 2))
                .toList();
    }
}
