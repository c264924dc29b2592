package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.engine.BlobAccess;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.SecurityObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the blobs on live objects when modules come and go, also while two generations are in use at once. */
class BlobsFollowTheStackTest {
    private final List<EveryHook.Call> log = new ArrayList<>();
    private final EveryHook stays = new EveryHook("stays", log);
    private final EveryHook goes = new EveryHook("goes", log);
    private final EntryPoint.Arguments arguments = new EntryPoint.Arguments();
    private final TestStack stack = new TestStack();
    private RegisteredModule going;

    @BeforeEach
    void registerBoth() {
        stack.add(stays, 20);
        going = stack.add(goes, 10);
    }

    private static void assertNoBlob(SecurityObject object, BlobType<?> type) {
        assertThatThrownBy(() -> object.blob(type)).isInstanceOf(IllegalStateException.class);
    }

    private static List<BlobType<?>> types(Generation generation, SecurityObject object) {
        return LiveObjects.blobs(generation, object);
    }

    @ParameterizedTest
    @EnumSource
    void theBlobOfAModuleThatIsGoneIsDroppedFromLiveObjects(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        SecurityObject object = kind.of(arguments);
        int visits = object.blob(stays.blob).count;
        stack.remove(going);
        assertNoBlob(object, goes.blob);
        assertThat(object.blob(stays.blob).count).isEqualTo(visits);
    }

    @ParameterizedTest
    @EnumSource
    void itIsDroppedAlsoWhenTheBlobOfANewModuleCannotBeMade(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        EveryHook poor = new EveryHook("poor", log);
        poor.blobFails = true;
        stack.add(poor, 0);
        stack.remove(going);
        assertNoBlob(kind.of(arguments), goes.blob);
    }

    @ParameterizedTest
    @EnumSource
    void aModuleThatComesBackStartsWithAnEmptyBlob(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        stack.remove(going);
        stack.add(goes, 10);
        goes.visitsBefore.clear();
        kind.use(stack.hooks, arguments);
        assertThat(goes.visitsBefore).containsExactly(0);
    }

    /** A call with an older snapshot may come to its object after one with a newer snapshot. */
    @ParameterizedTest
    @EnumSource
    void aCallOfAnOlderGenerationTakesNoBlobFromANewerOne(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        SecurityObject object = kind.of(arguments);
        Generation older = stack.registry.current();
        EveryHook newer = new EveryHook("newer", log);
        stack.add(newer, 0);
        kind.use(stack.hooks, arguments);
        BlobAccess.<SecurityObject, BlobType<?>>get().cover(object, types(older, object));
        assertThat(object.blob(newer.blob).count).isPositive();
    }

    /** The end of one module may be carried out while the next one is in use already. */
    @ParameterizedTest
    @EnumSource
    void theEndOfOneModuleTakesNoBlobFromAnotherThatCameMeanwhile(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        stack.registry.remove(going.serviceId(), false);
        EveryHook newer = new EveryHook("newer", log);
        stack.add(newer, 0);
        kind.use(stack.hooks, arguments);
        stack.live.forget(going.record());
        assertThat(kind.of(arguments).blob(newer.blob).count).isPositive();
    }

    /** Nothing may call into a module after its end, so nothing may make a blob of it either. */
    @ParameterizedTest
    @EnumSource
    void theEndOfOneModuleMakesNoBlobOfAnotherThatIsGone(ObjectKind kind) {
        kind.create(stack.hooks, arguments);
        RegisteredModule second = stack.add(new EveryHook("second", log), 0);
        EveryHook third = new EveryHook("third", log);
        RegisteredModule gone = stack.add(third, 0);
        stack.remove(gone);
        stack.remove(second);
        assertNoBlob(kind.of(arguments), third.blob);
    }
}
