package org.bpfgate.kernel.internal.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    /** Two threads in one buffer sent the answer to another call's number, and the caller waited for ever. */
    @Test
    void servesTheFirstThreadOnly() {
        Notifications notifications = new Notifications(Machine.link().newSyscalls(), -1);
        assertThat(notifications.isWaiting(1)).as("no listener").isFalse();
        assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> notifications.isWaiting(1))
                        .join())
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(notifications.fail(1, Errnos.EPERM)).isFalse();
    }
}
