package org.bpfgate.command.internal.host;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.program.ProgramType;

/**
 * What the capabilities of a process are worth for bpf(2), by {@code bpf_prog_load()} of {@code kernel/bpf/syscall.c}.
 *
 * @param capabilities effective ones that count in the initial user namespace, bit n for capability n
 */
public record Rights(long capabilities) {
    /** {@code include/uapi/linux/capability.h}. */
    private static final int DAC_OVERRIDE = 1;

    private static final int NET_ADMIN = 12;

    private static final int SYS_ADMIN = 21;
    private static final int PERFMON = 38;
    private static final int BPF = 39;

    public boolean mayTrace() {
        return has(SYS_ADMIN) || has(PERFMON);
    }

    /** Whether objects may be opened by their number, which only {@code CAP_SYS_ADMIN} permits. */
    public boolean mayOpenByNumber() {
        return has(SYS_ADMIN);
    }

    /** Whether the permissions of files do not count. */
    public boolean mayOpenAnyFile() {
        return has(DAC_OVERRIDE);
    }

    public boolean mayUseBpf() {
        return has(SYS_ADMIN) || has(BPF);
    }

    /** Names those of the four that are there. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        addIf(names, BPF, "CAP_BPF");
        addIf(names, PERFMON, "CAP_PERFMON");
        addIf(names, NET_ADMIN, "CAP_NET_ADMIN");
        addIf(names, SYS_ADMIN, "CAP_SYS_ADMIN");
        return names;
    }

    /** Names those that are missing so that every type of program can be loaded; none with {@code CAP_SYS_ADMIN}. */
    List<String> missing() {
        List<String> missing = new ArrayList<>(List.of("CAP_BPF", "CAP_PERFMON", "CAP_NET_ADMIN"));
        missing.removeAll(names());
        return has(SYS_ADMIN) ? List.of() : missing;
    }

    /** Names the capabilities that a program of a type needs and that are missing. */
    public List<String> missingFor(ProgramType type) {
        List<String> needed = new ArrayList<>(List.of("CAP_BPF"));
        if (type.needsNetAdmin()) {
            needed.add("CAP_NET_ADMIN");
        }
        if (type.needsPerfmon()) {
            needed.add("CAP_PERFMON");
        }
        needed.retainAll(missing());
        return needed;
    }

    private void addIf(List<String> names, int capability, String name) {
        if (has(capability)) {
            names.add(name);
        }
    }

    private boolean has(int capability) {
        return (capabilities & (1L << capability)) != 0;
    }
}
