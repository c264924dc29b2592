package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.Signals;
import org.junit.jupiter.api.Test;

/** No signal to the gate is lost or ends the gate, however early it comes. */
class SignalForwardingTest {
    @Test
    void aSignalThatComesBeforeTheCommandReachesIt() throws Exception {
        Machine machine = Machine.link();
        SignalForwarding forwarding = SignalForwarding.begin(machine.newSyscalls(), false, ignored());
        try {
            machine.newSyscalls().kill((int) ProcessHandle.current().pid(), Signals.SIGHUP);
            Process command = new ProcessBuilder("sleep", "60").start();
            forwarding.to((int) command.pid());
            assertThat(command.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
            assertThat(command.exitValue()).isEqualTo(128 + Signals.SIGHUP);
        } finally {
            forwarding.close();
        }
    }

    /** Under nohup(1) this JVM ignores SIGHUP. */
    private static long ignored() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        return Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
    }
}
