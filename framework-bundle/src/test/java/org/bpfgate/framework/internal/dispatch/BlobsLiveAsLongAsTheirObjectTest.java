package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.SecurityObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of the per-object state of modules, for programs, maps and tokens alike. */
class BlobsLiveAsLongAsTheirObjectTest {
    private static final HookResult DENY = HookResult.deny(Errno.EPERM, "told to");

    private final List<EveryHook.Call> log = new ArrayList<>();
    private final EveryHook first = new EveryHook("first", log);
    private final EveryHook second = new EveryHook("second", log);
    private final EntryPoint.Arguments arguments = new EntryPoint.Arguments();
    private final TestStack stack = new TestStack();

    @BeforeEach
    void registerBoth() {
        stack.add(first, 20);
        stack.add(second, 10);
    }

    private List<String> freedBy(ObjectKind kind) {
        return log.stream()
                .filter(call -> call.hook().equals(kind.freeHook))
                .map(EveryHook.Call::lsm)
                .toList();
    }

    private static void assertNoBlob(SecurityObject object, BlobType<?> type) {
        assertThatThrownBy(() -> object.blob(type)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource
    void theFirstCallbackFindsAnEmptyBlobAndTheLaterOnesTheSame(ObjectKind kind) {
        assertThat(kind.create(stack.hooks, arguments).isAllow()).isTrue();
        assertThat(kind.use(stack.hooks, arguments).isAllow()).isTrue();
        kind.free(stack.hooks, arguments);
        assertThat(first.visitsBefore).startsWith(0, 1, 2).isSorted();
        assertThat(second.visitsBefore).isEqualTo(first.visitsBefore);
    }

    @ParameterizedTest
    @EnumSource
    void eachModuleHasABlobOfItsOwn(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        SecurityObject object = kind.of(arguments);
        assertThat(object.blob(first.blob)).isNotSameAs(object.blob(second.blob));
    }

    @ParameterizedTest
    @EnumSource
    void blobsAreThereInTheFreeCallbacksAndGoneAfterThem(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        int visits = first.visitsBefore.size();
        kind.free(stack.hooks, arguments);
        assertThat(first.visitsBefore).hasSize(visits + 1);
        assertNoBlob(kind.of(arguments), first.blob);
        assertNoBlob(kind.of(arguments), second.blob);
    }

    @ParameterizedTest
    @EnumSource
    void everyFreeCallbackRunsInOrderAndOnce(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        kind.free(stack.hooks, arguments);
        kind.free(stack.hooks, arguments);
        assertThat(freedBy(kind)).containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedObjectIsFreedForThoseTooWhoWereNotAsked(ObjectKind kind) {
        first.answering(kind.createHook, DENY);
        kind.create(stack.hooks, arguments);
        kind.free(stack.hooks, arguments);
        assertThat(freedBy(kind)).containsExactly("first", "second");
        assertNoBlob(kind.of(arguments), second.blob);
    }

    @ParameterizedTest
    @EnumSource
    void anObjectWithoutBlobsIsFreedSilently(ObjectKind kind) {
        kind.free(stack.hooks, arguments);
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void withoutMemoryNoCallbackRunsAndNothingIsFreed(ObjectKind kind) {
        second.blobFails = true;
        assertThat(kind.create(stack.hooks, arguments).errno()).contains(Errno.ENOMEM);
        kind.free(stack.hooks, arguments);
        assertThat(log).isEmpty();
        assertNoBlob(kind.of(arguments), first.blob);
    }

    @ParameterizedTest
    @EnumSource
    void aNewModuleGetsABlobOnAnOldObjectAndTheOthersKeepTheirs(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        int visits = first.visitsBefore.size();
        EveryHook third = new EveryHook("third", log);
        stack.add(third, 0);
        kind.use(stack.hooks, arguments);
        assertThat(third.visitsBefore).containsExactly(0);
        assertThat(first.visitsBefore.getLast()).isEqualTo(visits);
    }

    @ParameterizedTest
    @EnumSource
    void aNewModuleWithoutMemoryDeniesTheUseOfAnOldObjectAndSpoilsNoBlob(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        EveryHook third = new EveryHook("third", log);
        third.blobFails = true;
        stack.add(third, 0);
        int calls = log.size();
        assertThat(kind.use(stack.hooks, arguments).errno()).contains(Errno.ENOMEM);
        assertThat(log).hasSize(calls);
        assertThat(kind.of(arguments).blob(first.blob).count).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aModuleThatCameAfterTheObjectHearsOfItsEnd(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        EveryHook third = new EveryHook("third", log);
        stack.add(third, 0);
        kind.free(stack.hooks, arguments);
        assertThat(freedBy(kind)).containsExactly("first", "second", "third");
        assertThat(third.visitsBefore).containsExactly(0);
    }
}
