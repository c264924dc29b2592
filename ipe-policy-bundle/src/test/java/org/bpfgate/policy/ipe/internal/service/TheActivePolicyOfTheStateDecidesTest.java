package org.bpfgate.policy.ipe.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.ipe.internal.hook.Gate;
import org.bpfgate.stack.SecurityHooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationException;

class TheActivePolicyOfTheStateDecidesTest {
    @TempDir
    Path directory;

    private Gate gate;

    @BeforeEach
    void open() throws Exception {
        gate = new Gate(directory.resolve("storage"));
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
    }

    @Test
    void whatIsActivatedDecidesFromThenOnAndAfterARestart() throws Exception {
        follow(Map.of("unsigned", "1"));
        assertThat(load().reason()).startsWith("no policy is active in ");
        PolicyAdmin admin = gate.service(PolicyAdmin.class);
        admin.load(text("P", "1.0.0", "ALLOW"));
        assertThat(load().isAllow()).isFalse();
        admin.activate("P");
        assertThat(load().isAllow()).isTrue();

        gate.close();
        gate = new Gate(directory.resolve("again"));
        follow(Map.of());
        assertThat(load().isAllow()).isTrue();
        assertThat(load().basis().orElseThrow().policy()).isEqualTo("P");
    }

    @Test
    void thePolicyOfTheConfigurationIsTheBootPolicy() throws Exception {
        Path boot = Files.write(directory.resolve("boot.ipe"), text("B", "1.0.0", "ALLOW"));
        follow(Map.of("policy", boot.toString(), "unsigned", "1"));
        assertThat(load().isAllow()).isTrue();
        PolicyAdmin admin = gate.service(PolicyAdmin.class);
        admin.load(text("P", "1.0.0", "DENY"));
        admin.activate("P");

        assertThat(load().isAllow()).isFalse();
    }

    @Test
    void anActivePolicyThatCannotBeUsedDeniesWithTheReason() throws Exception {
        follow(Map.of("unsigned", "1"));
        PolicyAdmin admin = gate.service(PolicyAdmin.class);
        admin.load(text("P", "1.0.0", "ALLOW"));
        admin.activate("P");
        try (var files = Files.list(directory.resolve("state/policies"))) {
            Files.write(files.findFirst().orElseThrow(), new byte[1]);
        }
        follow(Map.of());

        assertThat(load().isAllow()).isFalse();
        assertThat(load().reason()).contains("cannot be used").endsWith("(EBADMSG)");
    }

    /** A module that joined without the verifier would deny every load for good. */
    @Test
    void aSignedOneIsReadAgainWhenTheVerifierComes() throws Exception {
        gate.register(SignedContentReader.class, new Believing());
        follow(Map.of());
        PolicyAdmin admin = gate.service(PolicyAdmin.class);
        admin.load(signed(text("P", "1.0.0", "ALLOW")));
        admin.activate("P");
        gate.close();

        gate = new Gate(directory.resolve("again"));
        assertThatThrownBy(() -> follow(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no verifier of signed texts is running (ENOPKG)");
        assertThat(gate.service(SecurityHooks.class).stack().contains("ipe")).isFalse();
        gate.register(SignedContentReader.class, new Believing());
        assertThat(gate.service(SecurityHooks.class).stack().contains("ipe")).isTrue();
        assertThat(load().basis().orElseThrow().policy()).isEqualTo("P");
    }

    private static byte[] signed(byte[] text) {
        byte[] message = new byte[text.length + 1];
        message[0] = 0x30;
        System.arraycopy(text, 0, message, 1, text.length);
        return message;
    }

    /** Takes what is behind the first byte for content that somebody signed. */
    private record Believing() implements SignedContentReader {
        @Override
        public SignedContent read(byte[] message, int keyringId) {
            return SignedContent.accepted(
                    IntegrityReport.of(IntegrityVerdict.OK, "good")
                            .withSigner(new Signer("ab".repeat(32), "CN=someone"), "sha256"),
                    Arrays.copyOfRange(message, 1, message.length));
        }

        @Override
        public long keyringGeneration() {
            return 0;
        }
    }

    @Test
    void aDirectoryThatIsDamagedIsAnErrorAndChangesNothing() throws Exception {
        Path policy = Files.write(directory.resolve("p.ipe"), text("P", "1.0.0", "ALLOW"));
        gate.configure(Map.of("policy", policy.toString()));
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(directory.resolve("state/index"), "junk");

        assertThatThrownBy(() -> follow(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("(EBADMSG)");
        assertThat(load().isAllow()).isTrue();
    }

    private void follow(Map<String, Object> more) throws Exception {
        Map<String, Object> all = new HashMap<>(more);
        all.put("state", directory.resolve("state").toString());
        gate.configure(all);
    }

    private HookResult load() {
        return gate.load(Gate.aLoad()).result();
    }

    private static byte[] text(String name, String version, String action) {
        return ("policy_name=" + name + " policy_version=" + version + "\nDEFAULT action=" + action + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
