package org.bpfgate.serve.internal.restart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of processes: whether one is still the same. */
final class HostProcess {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** {@code starttime} of proc_pid_stat(5) is field 22; the first behind the name is field 3. */
    private static final int START_TIME = 22 - 3;

    private HostProcess() {}

    /** Returns when a process was started, in clock ticks after the start of the machine; 0 when there is no such process. */
    static long started(int pid) {
        try {
            String stat =
                    Files.readString(Path.of("/proc", Integer.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The name is in parentheses, and may have some itself.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[START_TIME]);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /** Returns what tells this run of the machine from others; empty when the kernel does not say. */
    static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
