package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bpfgate.framework.internal.log.LogLines;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;

/** When the framework stops, each module waits for the calls that could still come to it; the one in which they hang is to blame. */
class AStopNamesTheModuleInWhichCallsHangTest {
    private final TestStack stack = new TestStack();
    private final Gate gate = new Gate();

    private String lineAtTheStopOf(String name) {
        RegisteredModule slow = stack.add(Policy.doing("slow", gate::pass), 10);
        RegisteredModule other = stack.add(Policy.allowing("other"), 0);
        RegisteredModule stopped = name.equals("slow") ? slow : other;
        Gate.Elsewhere<LoadDecision> load = Gate.Elsewhere.run(() -> stack.hooks.bpfProgLoad(TestStack.load()));
        gate.awaitVisitor();
        try (LogLines log = new LogLines("org.bpfgate.framework")) {
            stack.registry.remove(stopped.serviceId(), false);
            Gate.Elsewhere<Boolean> stop = Gate.Elsewhere.run(() -> {
                stack.drain.await(stopped.record(), Duration.ofMillis(10));
                return true;
            });
            stop.get();
            assertThat(log.lines()).hasSize(1);
            return log.lines().getFirst();
        } finally {
            gate.open();
            assertThat(load.get().isAllow()).isFalse();
        }
    }

    @Test
    void whichIsNotTheOneThatStops() {
        assertThat(lineAtTheStopOf("other"))
                .isEqualTo(
                        "SEVERE calls that hang in module slow still use module other after 10 ms; they are denied, and the"
                                + " module stops");
    }

    @Test
    void orIsTheOneThatStops() {
        assertThat(lineAtTheStopOf("slow"))
                .isEqualTo("SEVERE calls still use module slow after 10 ms; they are denied, and the module stops");
    }
}
