package org.bpfgate.serve.internal.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalServer;
import org.bpfgate.control.LocalSockets;
import org.junit.jupiter.api.Test;

class SystemdNotifierTest {
    private final List<String> sent = new ArrayList<>();
    private boolean nobodyReceives;

    private final LocalSockets sockets = new LocalSockets() {
        @Override
        public LocalServer listen(Path path, int permissions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LocalConnection connect(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void datagram(String address, byte[] bytes, int... descriptors) throws IOException {
            if (nobodyReceives) {
                throw new IOException(address + ": nobody receives there");
            }
            sent.add(address + " " + new String(bytes, StandardCharsets.UTF_8));
        }
    };

    @Test
    void linesGoToTheAddressAsTheyAre() {
        new SystemdNotifier(sockets, "@notify").tell("READY=1\nMAINPID=7");
        assertThat(sent).containsExactly("@notify READY=1\nMAINPID=7");
    }

    @Test
    void withoutSystemdNobodyIsTold() {
        new SystemdNotifier(sockets, null).tell("READY=1");
        assertThat(sent).isEmpty();
    }

    @Test
    void thatNobodyReceivesDoesNotEndTheGate() {
        nobodyReceives = true;
        SystemdNotifier systemd = new SystemdNotifier(sockets, "/run/nobody");
        assertThatCode(() -> systemd.tell("READY=1")).doesNotThrowAnyException();
        nobodyReceives = false;
        systemd.tell("WATCHDOG=1");
        assertThat(sent).containsExactly("/run/nobody WATCHDOG=1");
    }
}
