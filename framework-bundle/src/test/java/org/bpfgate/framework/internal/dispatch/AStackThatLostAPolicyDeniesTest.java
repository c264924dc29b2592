package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.registry.NameOwners;
import org.bpfgate.framework.internal.registry.PolicyMemory;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a setting, a stack in which a policy was decides only with it; and a denial by the framework is recorded. */
class AStackThatLostAPolicyDeniesTest {
    @TempDir
    private Path directory;

    private final TestStack stack = new TestStack();

    private void require(String... names) {
        stack.registry.configure(configuration(List.of(names)));
    }

    private static StackConfiguration configuration(List<String> required) {
        Duration second = Duration.ofSeconds(1);
        return new StackConfiguration(List.of(), required, Duration.ZERO, second, second);
    }

    private LoadDecision load() {
        return stack.hooks.bpfProgLoad(TestStack.load());
    }

    @Test
    void oneThatNeverHadAPolicyAllowsAsTheKernelDoes() {
        require();
        stack.remove(stack.add(Verifier.named("hornet", reporter -> HookResult.ALLOW), 0));
        assertThat(load().isAllow()).isTrue();
    }

    @Test
    void oneThatLostItDeniesUntilItIsBack() {
        require();
        stack.remove(stack.add(Policy.allowing("ipe"), 0));
        LoadDecision denied = load();
        assertThat(denied.result().errno()).contains(Errno.EACCES);
        assertThat(denied.result().reason()).endsWith("missing: ipe");
        assertThat(denied.stack().problems()).containsExactly("the former policy ipe is missing");
        stack.add(Policy.allowing("ipe"), 0);
        assertThat(load().isAllow()).isTrue();
    }

    @Test
    void anotherPolicyIsNoSubstitute() {
        require();
        RegisteredModule ipe = stack.add(Policy.allowing("ipe"), 0);
        stack.add(Policy.allowing("other"), 0);
        stack.remove(ipe);
        assertThat(load().isAllow()).isFalse();
    }

    @Test
    void oneThatSomebodyWantsToDoWithoutIsNotMissed() {
        require();
        RegisteredModule extra = stack.add(Policy.allowing("extra"), 0);
        stack.registry.remove(extra.serviceId(), true);
        assertThat(load().isAllow()).isTrue();
    }

    @Test
    void whereModulesAreRequiredByNameAPolicyMayGoUnlessItWasTheLastOne() {
        require("hornet");
        stack.add(Verifier.named("hornet", reporter -> HookResult.ALLOW), 0);
        RegisteredModule ipe = stack.add(Policy.allowing("ipe"), 0);
        RegisteredModule other = stack.add(Policy.allowing("other"), 0);
        stack.remove(ipe);
        assertThat(load().isAllow()).isTrue();
        stack.remove(other);
        assertThat(load().result().reason()).endsWith("missing: ipe other");
    }

    @Test
    void whereNothingIsRequiredByNameItAllows() {
        require("none");
        stack.remove(stack.add(Policy.allowing("ipe"), 0));
        assertThat(load().isAllow()).isTrue();
    }

    @Test
    void theMemorySurvivesTheFramework() throws Exception {
        Path file = directory.resolve("policies");
        new HookRegistry(PolicyMemory.in(file), new NameOwners(), StackConfiguration.DEFAULT, Set::of, () -> false)
                .put(TestStack.registered(Policy.allowing("ipe"), 1, 0));
        HookRegistry next = new HookRegistry(
                PolicyMemory.in(file), new NameOwners(), StackConfiguration.DEFAULT, Set::of, () -> false);
        assertThat(next.current().missing).containsExactly("ipe");
        next.put(TestStack.registered(Policy.allowing("ipe"), 1, 0));
        assertThat(next.current().missing).isEmpty();
        next.remove(1, true);
        assertThat(new HookRegistry(
                                PolicyMemory.in(file),
                                new NameOwners(),
                                StackConfiguration.DEFAULT,
                                Set::of,
                                () -> false)
                        .current()
                        .missing)
                .isEmpty();
    }

    @Test
    void aDenialForAMissingModuleIsRecorded() {
        require("ipe");
        load();
        assertThat(stack.audit.records)
                .singleElement()
                .asString()
                .startsWith("1316{\"hook\":\"bpf_prog_load\",\"decision\":\"DENY\",\"errno\":\"EACCES\","
                        + "\"reason\":\"no decision without the required modules, and these are missing: ipe\"")
                .endsWith("\"program\":\"test\",\"programType\":\"xdp\"}");
    }

    @Test
    void aFaultOfAModuleAndTheEndOfTheFrameworkAreRecordedAndADenialByAModuleIsItsOwn() {
        RegisteredModule broken = stack.add(
                Policy.named("broken", () -> {
                    throw new IllegalStateException("boom");
                }),
                0);
        load();
        stack.remove(broken);
        stack.add(Policy.named("strict", () -> HookResult.deny(Errno.EPERM, "as it should")), 0);
        load();
        stack.registry.close();
        load();
        assertThat(stack.audit.records)
                .hasSize(2)
                .anySatisfy(record -> assertThat(record).contains("\"EFAULT\"", "\"deniedBy\":\"broken\"", "boom"))
                .anySatisfy(record -> assertThat(record).contains("\"EACCES\"", "the framework has stopped"));
    }

    /** As every entry point. */
    @Test
    void otherCallsAreRecordedToo() {
        require("ipe");
        for (EntryPoint point : EntryPoint.values()) {
            stack.audit.records.clear();
            point.enter(stack.hooks, new EntryPoint.Arguments());
            assertThat(stack.audit.records).as("%s", point).hasSize(1);
        }
    }
}
