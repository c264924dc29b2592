package org.bpfgate.policy.ipe.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bpfgate.policy.ipe.internal.hook.Gate;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationException;

final class TheModuleIsThereWhenItIsReadyTest {
    private static final String ALLOWING = "policy_name=p policy_version=1.0.0\nDEFAULT action=ALLOW\n";

    @TempDir
    Path directory;

    private Gate gate;

    @BeforeEach
    void startARequiredModule() throws Exception {
        gate = new Gate(directory.resolve("storage"), Map.of("lsm.required", "ipe", "lsm.hold", "30000"));
    }

    @AfterEach
    void stop() throws Exception {
        gate.close();
    }

    @Test
    void notBeforeItsFirstGoodPolicy() throws Exception {
        assertThat(isThere()).isFalse();

        gate.configuration().updated(null);
        assertThat(isThere()).isFalse();

        assertThatThrownBy(() -> use("policy_name=p\n")).isInstanceOf(ConfigurationException.class);
        assertThat(isThere()).isFalse();

        use(ALLOWING);
        assertThat(isThere()).isTrue();
    }

    @Test
    void soALoadIsHeldUntilThePolicyIsRead() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<LoadDecision> held = CompletableFuture.supplyAsync(() -> {
            asked.countDown();
            return gate.service(SecurityHooks.class).bpfProgLoad(Gate.aLoad());
        });
        asked.await();

        use(ALLOWING);

        assertThat(held.get(20, TimeUnit.SECONDS).isAllow()).isTrue();
    }

    @Test
    void itStaysAndDeniesWhenItsPolicyIsTakenAway() throws Exception {
        use(ALLOWING);

        gate.configure(Map.of());

        assertThat(isThere()).isTrue();
        assertThat(gate.load(Gate.aLoad()).result().reason()).isEqualTo("no policy is loaded");
    }

    private boolean isThere() {
        return gate.service(SecurityHooks.class).stack().contains("ipe");
    }

    private void use(String policy) throws Exception {
        Path file = Files.writeString(directory.resolve("policy.ipe"), policy);
        gate.configure(Map.of("policy", file.toString()));
    }
}
