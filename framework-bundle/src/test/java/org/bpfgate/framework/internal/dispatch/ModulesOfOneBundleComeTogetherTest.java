package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.framework.internal.stack.Place;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.SecurityModule;
import org.junit.jupiter.api.Test;

/** Modules that name each other are in the stack together or not at all, and a place that is not a number is reported. */
class ModulesOfOneBundleComeTogetherTest {
    private final TestStack stack = new TestStack();

    private RegisteredModule member(String name, long serviceId, int ranking, long bundle) {
        SecurityModule module = Policy.allowing(name);
        return new RegisteredModule(
                module,
                new ModuleRecord(module),
                serviceId,
                new Place(ranking, null, Set.of("hornet", "native")),
                new RegisteredModule.Origin(bundle, "sig", "1.0.0", () -> ""));
    }

    @Test
    void inOneGenerationWhenTheyComeAndWhenTheyGo() {
        stack.add(Policy.allowing("ipe"), 0);
        long before = stack.hooks.stack().generation();
        stack.registry.put(member("hornet", 11, 30, 7));
        assertThat(stack.hooks.stack().generation()).isEqualTo(before);
        stack.registry.put(member("native", 12, 20, 7));
        assertThat(stack.names()).containsExactly("hornet", "native", "ipe");
        assertThat(stack.hooks.stack().generation()).isEqualTo(before + 1);
        stack.registry.remove(11, false);
        assertThat(stack.names()).containsExactly("ipe");
        stack.registry.remove(12, false);
        assertThat(stack.hooks.stack().generation()).isEqualTo(before + 2);
    }

    @Test
    void aNamesakeOfAnotherBundleIsNoCompanion() {
        stack.registry.put(member("hornet", 11, 30, 7));
        stack.registry.put(member("native", 12, 20, 8));
        assertThat(stack.names()).isEmpty();
    }

    @Test
    void aRankingThatIsNoIntegerIsReported() {
        SecurityModule module = Policy.allowing("odd");
        stack.registry.put(new RegisteredModule(
                module,
                new ModuleRecord(module),
                1,
                new Place(400, "service.ranking is the String \"400\"", Set.of()),
                new RegisteredModule.Origin(1, "odd.bundle", "1.0.0", () -> "")));
        assertThat(stack.hooks.stack().problems())
                .containsExactly("module odd of bundle odd.bundle: service.ranking is the String \"400\"");
    }
}
