package org.bpfgate.program;

import java.util.Optional;

/** The commands of bpf(2), {@code enum bpf_cmd} of {@code include/uapi/linux/bpf.h}, in the kernel's order from 0. */
public enum BpfCommand {
    MAP_CREATE,
    MAP_LOOKUP_ELEM,
    MAP_UPDATE_ELEM,
    MAP_DELETE_ELEM,
    MAP_GET_NEXT_KEY,
    PROG_LOAD,
    OBJ_PIN,
    OBJ_GET,
    PROG_ATTACH,
    PROG_DETACH,
    PROG_TEST_RUN,
    PROG_GET_NEXT_ID,
    MAP_GET_NEXT_ID,
    PROG_GET_FD_BY_ID,
    MAP_GET_FD_BY_ID,
    OBJ_GET_INFO_BY_FD,
    PROG_QUERY,
    RAW_TRACEPOINT_OPEN,
    BTF_LOAD,
    BTF_GET_FD_BY_ID,
    TASK_FD_QUERY,
    MAP_LOOKUP_AND_DELETE_ELEM,
    MAP_FREEZE,
    BTF_GET_NEXT_ID,
    MAP_LOOKUP_BATCH,
    MAP_LOOKUP_AND_DELETE_BATCH,
    MAP_UPDATE_BATCH,
    MAP_DELETE_BATCH,
    LINK_CREATE,
    LINK_UPDATE,
    LINK_GET_FD_BY_ID,
    LINK_GET_NEXT_ID,
    ENABLE_STATS,
    ITER_CREATE,
    LINK_DETACH,
    PROG_BIND_MAP,
    TOKEN_CREATE,
    PROG_STREAM_READ_BY_FD,
    PROG_ASSOC_STRUCT_OPS;

    private static final BpfCommand[] BY_NUMBER = values();

    /** Returns how many commands this version knows: their numbers are 0 to one less, without a gap. */
    public static int count() {
        return BY_NUMBER.length;
    }

    /**
     * Finds a command by its number in the system call.
     *
     * @return the command, or empty for a number that this version does not know
     */
    public static Optional<BpfCommand> byNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }
}
