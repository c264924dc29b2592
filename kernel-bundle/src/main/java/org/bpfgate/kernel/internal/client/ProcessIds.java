package org.bpfgate.kernel.internal.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The numbers of a process that the kernel's audit records show and modules do not see.
 *
 * @param parent the id of its parent; 0 when that cannot be seen from the gate's pid namespace
 * @param login the user who logged in, {@code 4294967295} for none
 * @param session the login session, {@code 4294967295} for none
 * @param users real, effective, saved and file system user id
 * @param groups the same of its group
 */
public record ProcessIds(String parent, String login, String session, List<String> users, List<String> groups) {
    /** {@code AUDIT_UID_UNSET} and {@code AUDIT_SID_UNSET} of {@code include/uapi/linux/audit.h}. */
    private static final String UNSET = "4294967295";

    /**
     * Reads those of a thread.
     *
     * @throws IOException when it is gone
     */
    static ProcessIds of(int tid) throws IOException {
        Path directory = Path.of("/proc", Integer.toString(tid));
        ProcStatus status = new ProcStatus(Files.readString(directory.resolve("status"), StandardCharsets.ISO_8859_1));
        return new ProcessIds(
                status.line("PPid"),
                number(directory.resolve("loginuid")),
                number(directory.resolve("sessionid")),
                List.of(status.line("Uid").split("\t", -1)),
                List.of(status.line("Gid").split("\t", -1)));
    }

    /** A kernel without auditing has no such files. */
    private static String number(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return UNSET;
        }
    }

    /** Returns them as the fields of a record of type 1300, {@code audit_log_task_info()} of {@code kernel/audit.c}. */
    public String fields(int pid) {
        return "ppid=" + parent + " pid=" + pid + " auid=" + login + " uid=" + users.get(0) + " gid=" + groups.get(0)
                + " euid=" + users.get(1) + " suid=" + users.get(2) + " fsuid=" + users.get(3) + " egid="
                + groups.get(1) + " sgid=" + groups.get(2) + " fsgid=" + groups.get(3) + " ses=" + session;
    }
}
