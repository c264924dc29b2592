package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.LsmId;
import org.bpfgate.stack.ModuleStack;
import org.junit.jupiter.api.Test;

/** The order of the modules is the order of their services, whatever the order in which they came. */
class LsmOrderTest {
    private static RegisteredModule module(String name, long serviceId, int ranking) {
        LsmId id = LsmId.named(name);
        return TestStack.registered(() -> id, serviceId, ranking);
    }

    @Test
    void highestRankingFirstThenLowestServiceId() {
        TestStack stack = new TestStack();
        stack.registry.put(module("late", 7, 0));
        stack.registry.put(module("low", 1, -5));
        stack.registry.put(module("high", 9, 5));
        stack.registry.put(module("early", 3, 0));
        assertThat(stack.names()).containsExactly("high", "early", "late", "low");
    }

    @Test
    void aChangedRankingMovesTheModule() {
        TestStack stack = new TestStack();
        stack.registry.put(module("a", 1, 2));
        stack.registry.put(module("b", 2, 1));
        stack.registry.put(module("a", 1, 0));
        assertThat(stack.names()).containsExactly("b", "a");
    }

    @Test
    void ofTwoModulesWithOneNameTheEarlierStaysUntilItGoes() {
        TestStack stack = new TestStack();
        stack.registry.put(module("twin", 1, 0));
        stack.registry.put(module("twin", 2, 100));
        assertThat(stack.hooks.stack().modules())
                .extracting(ModuleStack.Entry::ranking)
                .containsExactly(0);
        stack.registry.remove(1, false);
        assertThat(stack.hooks.stack().modules())
                .extracting(ModuleStack.Entry::ranking)
                .containsExactly(100);
    }

    @Test
    void everyChangeIsANewGeneration() {
        TestStack stack = new TestStack();
        long before = stack.hooks.stack().generation();
        stack.registry.put(module("a", 1, 0));
        stack.registry.remove(1, false);
        assertThat(stack.hooks.stack().generation()).isEqualTo(before + 2);
    }

    @Property
    void theOrderIsTotalAndDoesNotDependOnTheOrderOfRegistration(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = -2, max = 2) Integer> rankings,
            @ForAll Random random) {
        List<RegisteredModule> modules = new ArrayList<>();
        for (int i = 0; i < rankings.size(); i++) {
            modules.add(module("m" + i, i, rankings.get(i)));
        }
        List<String> expected = modules.stream()
                .sorted(Comparator.comparingInt((RegisteredModule m) -> -m.ranking())
                        .thenComparingLong(RegisteredModule::serviceId))
                .map(m -> m.lsm().name())
                .toList();
        Collections.shuffle(modules, random);
        TestStack stack = new TestStack();
        modules.forEach(stack.registry::put);
        assertThat(stack.names()).isEqualTo(expected);
    }
}
