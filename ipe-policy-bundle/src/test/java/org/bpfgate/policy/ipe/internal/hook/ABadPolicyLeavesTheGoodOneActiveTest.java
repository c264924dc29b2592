package org.bpfgate.policy.ipe.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfgate.policy.ipe.internal.service.PolicyConfiguration;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationException;

final class ABadPolicyLeavesTheGoodOneActiveTest {
    private static final String HEADER = "policy_name=p policy_version=1.0.0\n";

    @TempDir
    Path directory;

    private Gate gate;

    @BeforeEach
    void startWithAGoodPolicy() throws Exception {
        gate = new Gate(directory.resolve("storage"));
        gate.configure(Map.of("policy", file("good.ipe", HEADER + "DEFAULT action=ALLOW\n")));
        assertThat(load().isAllow()).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        gate.close();
    }

    @Test
    void whenItHasAnErrorWhichIsToldWithItsPlace() throws IOException {
        String bad = file("bad.ipe", HEADER + "DEFAULT action=DENY\nop=BPF_PROG_LOAD bpf_signature=ok action=ALLOW\n");

        ConfigurationException error = refused(Map.of("policy", bad));

        assertThat(error.getProperty()).isEqualTo("policy");
        assertThat(error.getReason())
                .startsWith(bad + ":3:18: expected bpf_signature=")
                .endsWith("did you mean \"bpf_signature=OK\"? (EBADMSG)");
        assertThat(load().isAllow()).isTrue();
    }

    @Test
    void whenThereIsNoSuchFile() {
        String path = directory.resolve("absent").toString();

        assertThat(refused(Map.of("policy", path)).getReason()).isEqualTo(path + ": no such file");
        assertThat(load().isAllow()).isTrue();
    }

    @Test
    void whenTheDialectIsUnknown() throws IOException {
        Map<String, Object> configuration =
                Map.of("policy", file("deny.ipe", HEADER + "DEFAULT action=DENY\n"), "dialect", "ops10");

        ConfigurationException error = refused(configuration);

        assertThat(error.getProperty()).isEqualTo("dialect");
        assertThat(error.getReason()).isEqualTo("expected ops7, ops8, ops9 or bpfgate, found \"ops10\"");
        assertThat(load().isAllow()).isTrue();
    }

    @Test
    void whenThePropertyIsNotOneText() {
        assertThat(refused(Map.of("policy", List.of("a", "b"))).getReason())
                .isEqualTo("expected one text that is not empty, found \"[a, b]\"");
        assertThat(refused(Map.of("policy", " ")).getProperty()).isEqualTo("policy");
        assertThat(load().isAllow()).isTrue();
    }

    @Test
    void butAConfigurationWithoutAPolicyTakesItAway() throws Exception {
        gate.configure(Map.of(Constants.SERVICE_PID, PolicyConfiguration.PID));

        assertThat(load().result().reason()).isEqualTo("no policy is loaded");
    }

    @Test
    void andSoDoesTheEndOfTheConfiguration() throws Exception {
        gate.configuration().updated(null);

        assertThat(load().result().reason()).isEqualTo("no policy is loaded");
    }

    @Test
    void theConfiguredDialectIsTheOneThatCounts() throws Exception {
        gate.configure(Map.of(
                "policy",
                file("files.ipe", "# dialect: ops8\n" + HEADER + "DEFAULT action=ALLOW\n"),
                "dialect",
                "ops7"));

        assertThat(load().result().reason()).contains("dialect ops7");
    }

    private LoadDecision load() {
        return gate.load(Gate.aLoad(), "hornet=UNSIGNED");
    }

    private ConfigurationException refused(Map<String, Object> configuration) {
        return catchThrowableOfType(ConfigurationException.class, () -> gate.configure(configuration));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
