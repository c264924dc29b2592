package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.Test;

/**
 * Modules come and go as fast as they can while loads run without pause. Runs for two seconds, or for as many as the system
 * property {@code bpfgate.stress.seconds} says.
 */
class RemovalUnderLoadStressTest {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("bpfgate.stress.seconds", 2));
    private static final int LOADERS = 3;

    private final TestStack stack = new TestStack();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong callbacks = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();

    /** A module that knows when it must not be called any more. */
    private final class Mortal implements BpfProgLoadHook {
        private final BlobType<Object> blob = BlobType.of(Object.class, this::newBlob);
        private volatile boolean gone;

        private Object newBlob() {
            called();
            return new Object();
        }

        private void called() {
            callbacks.incrementAndGet();
            if (gone) {
                violations.incrementAndGet();
            }
        }

        @Override
        public Optional<BlobType<?>> programBlob() {
            return Optional.of(blob);
        }

        @Override
        public LsmId lsmId() {
            return LsmId.named("mortal");
        }

        @Override
        public HookResult bpfProgLoad(ProgramLoad load) {
            called();
            load.program().blob(blob);
            return HookResult.ALLOW;
        }
    }

    private long loadUntilOver() {
        long denied = 0;
        while (!over.get()) {
            ProgramLoad load = TestStack.load();
            if (!stack.hooks.bpfProgLoad(load).isAllow()) {
                denied++;
            }
            stack.hooks.bpfProgFree(load.program());
        }
        return denied;
    }

    private long removeUntilOver() {
        long removals = 0;
        for (long start = System.nanoTime(); System.nanoTime() - start < NANOS; removals++) {
            Mortal module = new Mortal();
            RegisteredModule registered = stack.add(module, 0);
            stack.remove(registered);
            module.gone = true;
        }
        return removals;
    }

    @Test
    void noCallbackBeginsAfterARemovalReturnedAndNoLoadIsDenied() {
        List<Gate.Elsewhere<Long>> loaders = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            loaders.add(Gate.Elsewhere.run(this::loadUntilOver));
        }
        long removals = removeUntilOver();
        over.set(true);
        long denied = loaders.stream().mapToLong(Gate.Elsewhere::get).sum();
        System.out.println("removals " + removals + ", callbacks " + callbacks + ", callbacks after removal "
                + violations + ", denied loads " + denied);
        assertThat(violations).hasValue(0);
        assertThat(denied).isZero();
        assertThat(removals).isPositive();
        assertThat(callbacks).hasPositiveValue();
    }
}
