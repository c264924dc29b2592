package org.bpfgate.policy.ipe.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.hook.LsmId;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationException;

final class PoliciesStackTest {
    private static final String SIGNED = "op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\n";
    private static final String NOT_BAD = """
            DEFAULT action=ALLOW
            op=BPF_PROG_LOAD bpf_signature=BADSIG action=DENY
            """;

    @TempDir
    Path directory;

    private Gate gate;

    @BeforeEach
    void startWithTheFirstPolicy() throws Exception {
        gate = new Gate(directory.resolve("storage"));
        gate.configure(Map.of("policy", file("first.ipe", "DEFAULT action=DENY\n" + SIGNED)));
    }

    @AfterEach
    void stop() throws Exception {
        gate.close();
    }

    @Test
    void aLoadIsLetInWhenAllAllowIt() throws Exception {
        assertThat(gate.load(Gate.aLoad(), "hornet=OK").isAllow()).isTrue();

        stack("a", "second", file("second.ipe", "DEFAULT action=DENY\n"));

        LoadDecision decision = gate.load(Gate.aLoad(), "hornet=OK");
        assertThat(decision.deniedBy()).contains(LsmId.named("second"));
        assertThat(names()).containsExactly("ipe", "second");
    }

    @Test
    void eachSeesTheVerdictsForItself() throws Exception {
        stack("a", "second", file("second.ipe", NOT_BAD));
        stack("b", "third", file("third.ipe", NOT_BAD));

        assertThat(gate.load(Gate.aLoad(), "hornet=OK").isAllow()).isTrue();
        assertThat(names()).containsExactly("ipe", "second", "third");
    }

    @Test
    void oneGoesWithItsConfiguration() throws Exception {
        stack("a", "second", file("second.ipe", "DEFAULT action=DENY\n"));

        gate.stacked().deleted("a");

        assertThat(names()).containsExactly("ipe");
        assertThat(gate.load(Gate.aLoad(), "hornet=OK").isAllow()).isTrue();
    }

    @Test
    void oneCanBeRenamed() throws Exception {
        stack("a", "second", file("second.ipe", NOT_BAD));
        stack("a", "other", file("second.ipe", NOT_BAD));

        assertThat(names()).containsExactly("ipe", "other");
    }

    @Test
    void aBadPolicyLeavesTheGoodOne() throws Exception {
        String good = file("second.ipe", "DEFAULT action=DENY\n");
        stack("a", "second", good);

        assertThat(refused("a", Map.of("lsm", "second", "policy", file("bad.ipe", "bad\n")))
                        .getReason())
                .contains("bad.ipe:2:1: expected");
        assertThat(gate.load(Gate.aLoad(), "hornet=OK").isAllow()).isFalse();
    }

    /** A policy with the name of a verifier would keep that out of the stack. */
    @ParameterizedTest
    @ValueSource(strings = {"hornet", "native", "allowlist", "framework", "none"})
    void theNamesOfOtherModulesAreReserved(String name) throws Exception {
        ConfigurationException error = refused("b", Map.of("lsm", name, "policy", file("b.ipe", NOT_BAD)));

        assertThat(error.getProperty()).isEqualTo("lsm");
        assertThat(error.getReason()).contains("\"" + name + "\" is reserved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipe", "second"})
    void aNameIsTakenOnce(String name) throws Exception {
        stack("a", "second", file("second.ipe", NOT_BAD));

        ConfigurationException error = refused("b", Map.of("lsm", name, "policy", file("b.ipe", NOT_BAD)));

        assertThat(error.getProperty()).isEqualTo("lsm");
        assertThat(error.getReason()).isEqualTo("the name \"" + name + "\" is taken by another policy");
        assertThat(names()).containsExactly("ipe", "second");
    }

    @Test
    void aNameIsNeeded() throws Exception {
        String policy = file("b.ipe", NOT_BAD);

        assertThat(refused("b", Map.of("policy", policy)).getReason()).endsWith("found nothing");
        assertThat(refused("b", Map.of("lsm", "B", "policy", policy)).getReason())
                .endsWith("found \"B\"");
    }

    private List<String> names() {
        return gate.service(SecurityHooks.class).stack().modules().stream()
                .map(entry -> entry.lsm().name())
                .toList();
    }

    private void stack(String pid, String lsm, String policy) throws Exception {
        gate.stacked().updated(pid, FrameworkUtil.asDictionary(Map.of("lsm", lsm, "policy", policy)));
    }

    private ConfigurationException refused(String pid, Map<String, Object> properties) {
        return catchThrowableOfType(
                ConfigurationException.class,
                () -> gate.stacked().updated(pid, FrameworkUtil.asDictionary(new HashMap<>(properties))));
    }

    private String file(String name, String statements) throws IOException {
        String text = "policy_name=p policy_version=1.0.0\n" + statements;
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
