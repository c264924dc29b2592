package org.bpfgate.kernel.internal.client;

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
    /** Returns them as the fields of a record of type 1300, {@code audit_log_task_info()} of {@code kernel/audit.c}. */
    public String fields(int pid) {
        return "ppid=" + parent + " pid=" + pid + " auid=" + login + " uid=" + users.get(0) + " gid=" + groups.get(0)
                + " euid=" + users.get(1) + " suid=" + users.get(2) + " fsuid=" + users.get(3) + " egid="
                + groups.get(1) + " sgid=" + groups.get(2) + " fsgid=" + groups.get(3) + " ses=" + session;
    }
}
