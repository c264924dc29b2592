package org.bpfgate.itests.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.bpfgate.hook.HookResult;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.modules.ModuleActivator;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Loads that hang inside a module, deaf to interrupts, until the test lets go. Other loads pass through that module. */
public final class HangingLoads implements AutoCloseable {
    /** Where the load of this thread is to hang; unset on other threads. */
    private static final ThreadLocal<Place> PLACE = new ThreadLocal<>();

    private final CountDownLatch letGo = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final SecurityHooks hooks;
    private final ServiceRegistration<?> witness;

    /** The module to hang in, and who waits for that. */
    private record Place(String lsm, CountDownLatch arrived) {}

    /**
     * A load that hangs.
     *
     * @param thread the thread that it hangs on
     * @param sinceNanos when it was begun, as {@link System#nanoTime()}
     * @param answer what its client is told when time is up
     * @param decision what the entry point returns after all
     */
    public record Hanging(
            Thread thread,
            long sinceNanos,
            CompletableFuture<HookResult> answer,
            CompletableFuture<LoadDecision> decision) {}

    /** Prepares to hang in the modules of test bundles that start from now on. */
    public HangingLoads(BundleContext context, SecurityHooks hooks) {
        this.hooks = hooks;
        Consumer<String> hang = call -> {
            Place place = PLACE.get();
            if (place != null && call.startsWith(place.lsm + " ")) {
                place.arrived.countDown();
                awaitDeafly(letGo);
            }
        };
        witness = context.registerService(
                Consumer.class, hang, FrameworkUtil.asDictionary(Map.of(ModuleActivator.WITNESS, "true")));
    }

    /** Begins a load on a thread of its own, and returns when it hangs inside the module. */
    public Hanging beginIn(String lsm) throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<HookResult> answer = new CompletableFuture<>();
        CompletableFuture<LoadDecision> decision = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            PLACE.set(new Place(lsm, arrived));
            hooks.answering(answer::complete, () -> decision.complete(hooks.bpfProgLoad(Loads.even())));
        });
        long now = System.nanoTime();
        thread.start();
        threads.add(thread);
        arrived.await();
        return new Hanging(thread, now, answer, decision);
    }

    /** As code that waits in a system call, or turns in circles. */
    private static void awaitDeafly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Deaf: goes on waiting.
            }
        }
    }

    /** Lets all go on, and waits until they are through. */
    public void letGo() {
        letGo.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a test", e);
            }
        }
    }

    @Override
    public void close() {
        letGo();
        witness.unregister();
    }
}
