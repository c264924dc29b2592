package org.bpfgate.serve.internal.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class SystemdNotifierTest {
    private final RecordedDatagrams sockets = new RecordedDatagrams();

    @Test
    void linesGoToTheAddressAsTheyAre() {
        new SystemdNotifier(sockets, "@notify").tell("READY=1\nMAINPID=7");
        assertThat(sockets.sent()).containsExactly("@notify: READY=1, MAINPID=7");
    }

    @Test
    void withoutSystemdNobodyIsTold() {
        SystemdNotifier systemd = new SystemdNotifier(sockets, null);
        systemd.tell("READY=1");
        assertThat(systemd.isThere()).isFalse();
        assertThat(sockets.sent()).isEmpty();
    }

    @Test
    void thatNobodyReceivesDoesNotEndTheGate() {
        sockets.nobodyReceives(true);
        SystemdNotifier systemd = new SystemdNotifier(sockets, "/run/nobody");
        assertThatCode(() -> systemd.tell("READY=1")).doesNotThrowAnyException();
        sockets.nobodyReceives(false);
        systemd.tell("WATCHDOG=1");
        assertThat(sockets.sent()).containsExactly("/run/nobody: WATCHDOG=1");
    }
}
