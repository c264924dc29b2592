package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code call_int_hook}, held for each of the ten int hooks by name. */
class IntHooksEndAtTheFirstDenialTest {
    private static final HookResult DENY = HookResult.deny(Errno.EPERM, "told to");

    private final List<EveryHook.Call> log = new ArrayList<>();
    private final EveryHook first = new EveryHook("first", log);
    private final EveryHook second = new EveryHook("second", log);
    private final EntryPoint.Arguments arguments = new EntryPoint.Arguments();
    private final TestStack stack = new TestStack();

    private HookResult enter(EntryPoint point) {
        stack.add(first, 20);
        stack.add(second, 10);
        return point.enter(stack.hooks, arguments);
    }

    private List<String> calledOn(String hook) {
        return log.stream()
                .filter(call -> call.hook().equals(hook))
                .map(EveryHook.Call::lsm)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void withoutModulesTheDefaultAllows(EntryPoint point) {
        assertThat(point.enter(stack.hooks, arguments)).isSameAs(HookResult.ALLOW);
    }

    @ParameterizedTest
    @EnumSource
    void everyModuleGetsTheArgumentsOfTheEntryPoint(EntryPoint point) {
        assertThat(enter(point).isAllow()).isTrue();
        for (String lsm : List.of("first", "second")) {
            assertThat(log)
                    .filteredOn(call -> call.lsm().equals(lsm) && call.hook().equals(point.hook))
                    .first()
                    .extracting(EveryHook.Call::arguments)
                    .isEqualTo(point.expected(arguments));
        }
    }

    @ParameterizedTest
    @EnumSource
    void allowingModulesAreAskedInOrder(EntryPoint point) {
        enter(point);
        assertThat(calledOn(point.hook)).startsWith("first", "second");
    }

    @ParameterizedTest
    @EnumSource
    void theFirstDenialIsReturnedAsItIsAndNobodyIsAskedAfterIt(EntryPoint point) {
        first.answering(point.hook, DENY);
        assertThat(enter(point)).isSameAs(DENY);
        assertThat(calledOn(point.hook)).containsExactly("first");
    }

    @ParameterizedTest
    @EnumSource
    void aLaterDenialCountsAsMuch(EntryPoint point) {
        second.answering(point.hook, DENY);
        assertThat(enter(point)).isSameAs(DENY);
        assertThat(calledOn(point.hook)).startsWith("first", "second");
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheRefusalOfSomethingNewFreesIt(EntryPoint point) {
        first.answering(point.hook, DENY);
        enter(point);
        List<String> frees = log.stream()
                .map(EveryHook.Call::hook)
                .filter(hook -> hook.endsWith("_free"))
                .toList();
        if (point.freeHook.isEmpty()) {
            assertThat(frees).isEmpty();
        } else {
            assertThat(frees).containsExactly(point.freeHook, point.freeHook);
        }
    }
}
