package org.bpfgate.hook.internal;

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
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.ModuleStack;
import org.bpfgate.hook.SecurityModule;
import org.junit.jupiter.api.Test;

/** The order of the modules is the order of their services, whatever the order in which they came. */
class LsmOrderTest {
    private static RegisteredModule module(String name, long serviceId, int ranking) {
        LsmId id = LsmId.named(name);
        SecurityModule module = () -> id;
        return new RegisteredModule(module, id, serviceId, ranking, "test", "1.0.0");
    }

    private static List<String> names(HookRegistry registry) {
        return registry.stack().modules().stream()
                .map(entry -> entry.lsm().name())
                .toList();
    }

    @Test
    void highestRankingFirstThenLowestServiceId() {
        HookRegistry registry = new HookRegistry();
        registry.put(module("late", 7, 0));
        registry.put(module("low", 1, -5));
        registry.put(module("high", 9, 5));
        registry.put(module("early", 3, 0));
        assertThat(names(registry)).containsExactly("high", "early", "late", "low");
    }

    @Test
    void aChangedRankingMovesTheModule() {
        HookRegistry registry = new HookRegistry();
        registry.put(module("a", 1, 2));
        registry.put(module("b", 2, 1));
        registry.put(module("a", 1, 0));
        assertThat(names(registry)).containsExactly("b", "a");
    }

    @Test
    void ofTwoModulesWithOneNameTheEarlierStaysUntilItGoes() {
        HookRegistry registry = new HookRegistry();
        registry.put(module("twin", 1, 0));
        registry.put(module("twin", 2, 100));
        assertThat(registry.stack().modules())
                .extracting(ModuleStack.Entry::ranking)
                .containsExactly(0);
        registry.remove(1);
        assertThat(registry.stack().modules())
                .extracting(ModuleStack.Entry::ranking)
                .containsExactly(100);
    }

    @Test
    void everyChangeIsANewGeneration() {
        HookRegistry registry = new HookRegistry();
        long before = registry.stack().generation();
        registry.put(module("a", 1, 0));
        registry.remove(1);
        assertThat(registry.stack().generation()).isEqualTo(before + 2);
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
        HookRegistry registry = new HookRegistry();
        modules.forEach(registry::put);
        assertThat(names(registry)).isEqualTo(expected);
    }
}
