package org.bpfgate.serve.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.serve.internal.jar.TestSigners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;

/** A candidate of bundles and of an order: promoted it is what runs, now and after the next start; dropped it leaves nothing. */
class ACandidateBecomesLiveOnceOrNotTest {
    @TempDir
    private Path root;

    private TestGate gate;

    @BeforeEach
    void start() throws Exception {
        gate = TestGate.started(root, TestGate.module("shipped", "1.0.0", "first"));
        gate.ask("lsm.install", "file", gate.signed("second.jar", TestGate.module("vendor", "1.0.0", "second")));
    }

    @AfterEach
    void stop() throws Exception {
        gate.close();
    }

    private Path newer() throws Exception {
        return gate.signed("newer.jar", TestGate.module("vendor", "2.0.0", "second"));
    }

    private void load() {
        gate.hooks.bpfProgLoad(ProgramLoad.of(new BpfProgram(
                "test", ProgramType.XDP, Instructions.of(new byte[] {(byte) 0x95, 0, 0, 0, 0, 0, 0, 0}))));
    }

    private Map<String, ?> shown() throws Exception {
        return gate.ask("candidate.show");
    }

    private void awaitCompared() throws Exception {
        while (!Long.valueOf(0).equals(shown().get("waiting"))) {
            Thread.sleep(1);
        }
    }

    private Kind refused(String verb, Object... arguments) {
        ControlException[] thrown = new ControlException[1];
        assertThatExceptionOfType(ControlException.class)
                .isThrownBy(() -> gate.ask(verb, arguments))
                .satisfies(e -> thrown[0] = e);
        return thrown[0].kind();
    }

    @Test
    void aReplacementIsPromotedAndCanBeRolledBack() throws Exception {
        gate.ask("candidate.start", "replace", List.of("second=" + newer()));
        assertThat(gate.stack()).containsExactly("first 1.0.0", "second 1.0.0");
        load();
        awaitCompared();
        assertThat(shown().get("alike")).isEqualTo(1L);
        Map<String, ?> result = gate.ask("candidate.promote");
        assertThat(gate.stack()).containsExactly("first 1.0.0", "second 2.0.0");
        assertThat(gate.bundles()).contains("vendor 1.0.0", "vendor 2.0.0 active");
        assertThat(result.get("what")).isEqualTo("replace second by 2.0.0");
        assertThat(gate.items("lsm.history").getLast().get("what")).asString().startsWith("promote the candidate");
        gate.ask("lsm.rollback", "name", "second");
        assertThat(gate.stack()).containsExactly("first 1.0.0", "second 1.0.0");
    }

    @Test
    void whatWasPromotedRunsAfterTheNextStart() throws Exception {
        gate.ask("candidate.start", "replace", List.of("second=" + newer()));
        gate.ask("candidate.promote", "acceptUntried", true);
        gate.close();
        gate = TestGate.started(root, TestGate.module("shipped", "1.0.0", "first"));
        assertThat(gate.stack()).containsExactly("first 1.0.0", "second 2.0.0");
    }

    @Test
    void oneThatWasComparedWithNothingIsPromotedOnlyWhenThatIsMeant() throws Exception {
        gate.ask("candidate.start", "order", List.of("second"));
        assertThatExceptionOfType(ControlException.class)
                .isThrownBy(() -> gate.ask("candidate.promote", "acceptNewlyAllowed", true, "acceptSmaller", true))
                .withMessageContaining("has seen no load")
                .withMessageContaining("--accept-untried")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        assertThat(gate.stack()).containsExactly("first 1.0.0", "second 1.0.0");
        assertThat(shown().get("running")).isEqualTo(true);
        gate.ask("candidate.promote", "acceptUntried", true);
        assertThat(gate.stack()).containsExactly("second 1.0.0", "first 1.0.0");
    }

    @Test
    void otherSettingsOfTheLiveStackEndIt() throws Exception {
        SynchronousConfigurationListener listener =
                gate.context.getService(gate.context.getServiceReference(SynchronousConfigurationListener.class));
        gate.ask("candidate.start", "order", List.of("second"));
        for (String pid : List.of("org.bpfgate.observe", "org.bpfgate.audit", "org.bpfgate.serve")) {
            listener.configurationEvent(changed(pid));
            assertThat(shown().get("running")).as(pid).isEqualTo(true);
        }
        listener.configurationEvent(changed("org.bpfgate.allowlist"));
        assertThat(shown().get("ended")).isEqualTo("the settings of org.bpfgate.allowlist were changed, or read again");
        assertThat(refused("candidate.promote")).isEqualTo(Kind.FAILED);
    }

    private ConfigurationEvent changed(String pid) {
        ConfigurationAdmin nobody = (ConfigurationAdmin) Proxy.newProxyInstance(
                ConfigurationAdmin.class.getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> method.getName().equals("hashCode") ? 1 : null);
        return new ConfigurationEvent(
                gate.context
                        .registerService(ConfigurationAdmin.class, nobody, null)
                        .getReference(),
                ConfigurationEvent.CM_UPDATED,
                null,
                pid);
    }

    @Test
    void whatWasDroppedLeavesNothing() throws Exception {
        List<String> bundles = gate.bundles();
        gate.ask("candidate.start", "replace", List.of("second=" + newer()));
        assertThat(gate.bundles()).contains("vendor 2.0.0 active");
        gate.ask("candidate.drop");
        assertThat(gate.bundles()).isEqualTo(bundles);
        assertThat(gate.stack()).containsExactly("first 1.0.0", "second 1.0.0");
        try (var jars = Files.list(gate.store())) {
            assertThat(jars.filter(file -> file.toString().endsWith(".jar"))).hasSize(1);
        }
        assertThat(refused("candidate.promote")).isEqualTo(Kind.FAILED);
        assertThat(shown().get("ended")).isEqualTo("dropped by an operator");
    }

    @Test
    void anOrderIsKept() throws Exception {
        gate.ask("lsm.install", "file", gate.signed("third.jar", TestGate.module("other", "1.0.0", "third")));
        gate.ask("candidate.start", "order", List.of("second"));
        gate.ask("candidate.promote", "acceptUntried", true);
        assertThat(gate.stack()).containsExactly("second 1.0.0", "first 1.0.0", "third 1.0.0");
        assertThat(gate.settings).containsEntry("lsm.order", List.of("second"));
    }

    @Test
    void aLiveChangeEndsItAndItsBundleGoes() throws Exception {
        gate.ask("candidate.start", "replace", List.of("second=" + newer()));
        gate.ask("lsm.install", "file", gate.signed("third.jar", TestGate.module("other", "1.0.0", "third")));
        assertThat(shown().get("ended")).asString().startsWith("the live stack changed");
        assertThat(refused("candidate.promote")).isEqualTo(Kind.FAILED);
        assertThat(gate.bundles()).noneMatch(bundle -> bundle.startsWith("vendor 2.0.0"));
        assertThat(gate.stack()).contains("second 1.0.0");
    }

    @Test
    void aJarThatIsNotTrustedDoesNotStart() throws Exception {
        Path stranger = Files.write(
                root.resolve("stranger.jar"),
                TestSigners.sign(TestGate.module("vendor", "2.0.0", "second").bytes(), "stranger"));
        assertThat(refused("candidate.start", "replace", List.of("second=" + stranger)))
                .isEqualTo(Kind.REFUSED);
        assertThat(refused("candidate.start")).isEqualTo(Kind.USAGE);
        assertThat(refused("candidate.start", "order", List.of("nobody"))).isEqualTo(Kind.USAGE);
        assertThat(refused("candidate.start", "without", List.of("second"))).isEqualTo(Kind.REFUSED);
        assertThat(refused("candidate.show")).isEqualTo(Kind.FAILED);
    }

    @Test
    void thereIsOneAtATime() throws Exception {
        gate.ask("candidate.start", "order", List.of("second"));
        assertThat(refused("candidate.start", "order", List.of("second"))).isEqualTo(Kind.REFUSED);
        gate.ask("candidate.drop");
        gate.ask("candidate.start", "order", List.of("second"));
    }
}
