package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.BpfMapFreeHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.BpfMap;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While a required module is missing nothing is decided: calls are held, and after the hold denied. */
class LoadsWaitForRequiredModulesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestStack stack = new TestStack();

    private void require(Duration hold, String... names) {
        stack.configure(List.of(), List.of(names), hold, LONG, LONG);
    }

    private LoadDecision load() {
        return stack.hooks.bpfProgLoad(TestStack.load());
    }

    private Gate.Elsewhere<LoadDecision> heldLoad() {
        Gate.Elsewhere<LoadDecision> held = Gate.Elsewhere.run(this::load);
        await().atMost(Gate.AT_MOST).until(held::isWaiting);
        assertThat(held.isDone()).isFalse();
        return held;
    }

    @Test
    void withHoldZeroTheDenialNamesWhatIsMissingAtOnce() {
        require(Duration.ZERO, "hornet", "ipe");
        stack.add(Policy.allowing("hornet"), 0);
        LoadDecision decision = load();
        assertThat(decision.result().errno()).contains(Errno.EACCES);
        assertThat(decision.result().reason()).endsWith("missing: ipe");
        assertThat(decision.result().fix()).contains("lsm.required");
        assertThat(decision.deniedBy()).isEmpty();
    }

    @Test
    void afterTheHoldTheDenialNamesEveryMissingModule() {
        require(Duration.ofMillis(20), "hornet", "ipe");
        assertThat(load().result().reason()).endsWith("missing: hornet ipe");
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryPointIsHeldAndDenied(EntryPoint point) {
        require(Duration.ZERO, "ipe");
        assertThat(point.enter(stack.hooks, new EntryPoint.Arguments()).errno()).contains(Errno.EACCES);
    }

    @Test
    void noModuleIsAskedWhileAnotherIsMissing() {
        List<String> asked = new CopyOnWriteArrayList<>();
        require(Duration.ZERO, "ipe");
        stack.add(Policy.doing("hornet", () -> asked.add("load")).freeing(() -> asked.add("free")), 0);
        load();
        assertThat(asked).isEmpty();
    }

    @Test
    void aHeldLoadGoesOnWhenTheModuleComesAndIsDecidedByIt() {
        require(LONG, "ipe");
        Gate.Elsewhere<LoadDecision> held = heldLoad();
        stack.add(Policy.named("ipe", () -> HookResult.deny(Errno.EPERM, "by the newcomer")), 0);
        assertThat(held.get().deniedBy()).contains(LsmId.named("ipe"));
    }

    @Test
    void aHeldLoadStaysHeldWhenOnlyAnotherModuleComes() {
        require(LONG, "ipe");
        Gate.Elsewhere<LoadDecision> held = heldLoad();
        stack.add(Policy.allowing("hornet"), 0);
        await().atMost(Gate.AT_MOST).until(held::isWaiting);
        assertThat(held.isDone()).isFalse();
        stack.add(Policy.allowing("ipe"), 0);
        assertThat(held.get().isAllow()).isTrue();
    }

    @Test
    void aHeldLoadDoesNotKeepAnotherModuleFromGoing() {
        RegisteredModule hornet = stack.add(Policy.allowing("hornet"), 0);
        require(LONG, "ipe");
        Gate.Elsewhere<LoadDecision> held = heldLoad();
        stack.remove(hornet);
        stack.add(Policy.allowing("ipe"), 0);
        assertThat(held.get().stack().modules()).hasSize(1);
    }

    @Test
    void severalHeldLoadsAllGoOn() {
        require(LONG, "ipe");
        List<Gate.Elsewhere<LoadDecision>> held =
                Stream.generate(this::heldLoad).limit(4).toList();
        assertThat(stack.registry.held()).isEqualTo(4);
        stack.add(Policy.allowing("ipe"), 0);
        assertThat(held).allSatisfy(load -> assertThat(load.get().isAllow()).isTrue());
        assertThat(stack.registry.held()).isZero();
    }

    @Test
    void aSettingThatAsksForLessLetsHeldLoadsGoOn() {
        require(LONG, "ipe");
        Gate.Elsewhere<LoadDecision> held = heldLoad();
        require(LONG);
        assertThat(held.get().isAllow()).isTrue();
    }

    @Test
    void anInterruptedHeldLoadIsDeniedAndItsThreadStaysInterrupted() {
        require(LONG, "ipe");
        Gate.Elsewhere<Boolean> held = Gate.Elsewhere.run(
                () -> !load().isAllow() && Thread.currentThread().isInterrupted());
        await().atMost(Gate.AT_MOST).until(held::isWaiting);
        held.thread().interrupt();
        assertThat(held.get()).isTrue();
    }

    @Test
    void theListenerHearsOfADenialForAMissingModule() {
        List<LoadDecision> heard = new CopyOnWriteArrayList<>();
        stack.listeners.add((load, decision) -> heard.add(decision));
        require(Duration.ZERO, "ipe");
        assertThat(heard).isEmpty();
        LoadDecision decision = load();
        assertThat(heard).containsExactly(decision);
    }

    @Test
    void closingDeniesHeldLoadsAndEverythingAfter() {
        require(LONG, "ipe");
        Gate.Elsewhere<LoadDecision> held = heldLoad();
        stack.registry.close();
        assertThat(held.get().result().reason()).isEqualTo("the framework has stopped");
        stack.add(Policy.allowing("ipe"), 0);
        require(LONG);
        assertThat(load().result().errno()).contains(Errno.EACCES);
    }

    @ParameterizedTest
    @EnumSource
    void afterClosingEveryEntryPointDenies(EntryPoint point) {
        stack.registry.close();
        assertThat(point.enter(stack.hooks, new EntryPoint.Arguments()).errno()).contains(Errno.EACCES);
    }

    @Test
    void freesAreNotHeld() {
        record MapWatcher(LsmId lsmId, List<BpfMap> freed) implements BpfMapFreeHook {
            @Override
            public void bpfMapFree(BpfMap map) {
                freed.add(map);
            }
        }
        List<BpfMap> freed = new CopyOnWriteArrayList<>();
        EntryPoint.Arguments arguments = new EntryPoint.Arguments();
        stack.add(new MapWatcher(LsmId.named("watcher"), freed), 0);
        stack.hooks.bpfMapCreate(arguments.mapCreation);
        require(LONG, "ipe");
        stack.hooks.bpfMapFree(arguments.map);
        assertThat(freed).containsExactly(arguments.map);
    }
}
