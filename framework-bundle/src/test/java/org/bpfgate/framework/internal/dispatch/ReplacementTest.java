package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.framework.internal.stack.Place;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.stack.ModuleStack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** A replacement is one change: no call ever meets neither or both of the two versions. */
class ReplacementTest {
    private static final int OLD_RANKING = 10;
    private static final int NEW_RANKING = 20;

    /** The bundle of the third service: a module's bundle has its service id here. */
    private static final long INCOMING = 3;

    private final TestStack stack = new TestStack();
    private RegisteredModule old;
    private ModuleStack before;

    @BeforeEach
    void registerTheOld() {
        old = stack.add(Policy.allowing("ipe"), OLD_RANKING);
        stack.add(Policy.allowing("hornet"), 0);
        before = stack.hooks.stack();
    }

    private void addTheNew() {
        stack.add(Policy.allowing("ipe"), NEW_RANKING);
    }

    private List<Integer> rankingsOfIpe() {
        return stack.hooks.stack().modules().stream()
                .filter(entry -> entry.lsm().name().equals("ipe"))
                .map(ModuleStack.Entry::ranking)
                .toList();
    }

    @Test
    void theSwitchIsOneGeneration() {
        stack.registry.replace(INCOMING, () -> {
            addTheNew();
            assertThat(stack.hooks.stack()).isEqualTo(before);
            return List.of(old.serviceId());
        });
        assertThat(stack.hooks.stack().generation()).isEqualTo(before.generation() + 1);
        assertThat(rankingsOfIpe()).containsExactly(NEW_RANKING);
        assertThat(stack.hooks.stack().problems()).isEmpty();
    }

    @Test
    void theEndOfTheOldOneIsNoChangeAnyMore() {
        stack.registry.replace(INCOMING, () -> {
            addTheNew();
            return List.of(old.serviceId());
        });
        ModuleStack switched = stack.hooks.stack();
        stack.remove(old);
        assertThat(stack.hooks.stack()).isEqualTo(switched);
    }

    @Test
    void theOldOneStaysWhenTheNewOneDoesNotCome() {
        assertThatIllegalStateException()
                .isThrownBy(() -> stack.registry.replace(INCOMING, () -> {
                    throw new IllegalStateException("does not start");
                }));
        assertThat(stack.hooks.stack()).isEqualTo(before);
    }

    @Test
    void theOldOneStaysWhenTheNewOneFailsHalfway() {
        assertThatIllegalStateException()
                .isThrownBy(() -> stack.registry.replace(INCOMING, () -> {
                    addTheNew();
                    throw new IllegalStateException("starts and fails");
                }));
        assertThat(rankingsOfIpe()).containsExactly(OLD_RANKING);
    }

    @Test
    void theOldOneStaysWhenNobodyIsToGo() {
        stack.registry.replace(INCOMING, () -> {
            addTheNew();
            return null;
        });
        assertThat(rankingsOfIpe()).containsExactly(OLD_RANKING);
    }

    @Test
    void aFailedReplacementDoesNotKeepLaterChangesFromTakingEffect() {
        assertThatIllegalStateException()
                .isThrownBy(() -> stack.registry.replace(INCOMING, () -> {
                    throw new IllegalStateException("does not start");
                }));
        stack.add(Policy.allowing("next"), 0);
        assertThat(stack.names()).contains("next");
    }

    @Test
    void changesFromElsewhereTakeEffectWhileTheNewOneTakesItsTime() {
        stack.registry.replace(INCOMING, () -> {
            addTheNew();
            stack.add(Policy.allowing("other"), 0);
            assertThat(stack.names()).contains("other");
            assertThat(rankingsOfIpe()).containsExactly(OLD_RANKING);
            return List.of(old.serviceId());
        });
        assertThat(rankingsOfIpe()).containsExactly(NEW_RANKING);
    }

    @Test
    void aModuleThatComesLateIsWaitedForAndStaysOutUntilTheSwitch() {
        stack.registry.replace(INCOMING, () -> {
            Gate.Elsewhere<List<RegisteredModule>> wait =
                    Gate.Elsewhere.run(() -> stack.registry.awaitModulesOf(INCOMING, Set.of("ipe"), Gate.AT_MOST));
            await().atMost(Gate.AT_MOST).until(wait::isWaiting);
            addTheNew();
            assertThat(wait.get()).hasSize(1);
            assertThat(stack.hooks.stack()).isEqualTo(before);
            return List.of(old.serviceId());
        });
        assertThat(rankingsOfIpe()).containsExactly(NEW_RANKING);
    }

    @Test
    void aModuleThatDoesNotComeIsWaitedForNoLongerThanAllowed() {
        assertThat(stack.registry.awaitModulesOf(INCOMING, Set.of("ipe"), Duration.ofMillis(10)))
                .isEmpty();
    }

    @Test
    void aModuleThatIsInTheStackStaysThereWhenItsBundleTakesOver() {
        RegisteredModule hornet = stack.registry.current().modules().stream()
                .filter(module -> module.lsm().name().equals("hornet"))
                .findFirst()
                .orElseThrow();
        stack.registry.replace(hornet.origin().bundleId(), () -> {
            stack.registry.put(hornet.at(Place.at(NEW_RANKING)));
            assertThat(stack.names()).containsExactly("hornet", "ipe");
            return null;
        });
    }

    @Test
    void loadsGoOnDuringAReplacement() {
        stack.registry.replace(INCOMING, () -> {
            assertThat(stack.hooks.bpfProgLoad(TestStack.load()).stack()).isEqualTo(before);
            return null;
        });
    }

    /** It would stop what it has just brought in. */
    @Test
    void aBundleDoesNotReplaceItself() {
        Bundle bundle = (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> method.getName().equals("getBundleId") ? (Object) INCOMING : "a.bundle");
        StackOperator operator =
                new StackOperator(stack.registry, stack.drain, StackOperator.ARRIVAL, stack.hooks.candidates());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operator.replace(bundle, bundle))
                .withMessage("a.bundle cannot replace itself; update the bundle instead");
        assertThat(stack.hooks.stack()).isEqualTo(before);
    }

    @Test
    void aReplacementAfterTheEndOfTheFrameworkOpensNothing() {
        stack.registry.close();
        stack.registry.replace(INCOMING, () -> {
            addTheNew();
            return List.of(old.serviceId());
        });
        assertThat(stack.hooks.bpfProgLoad(TestStack.load()).isAllow()).isFalse();
    }
}
