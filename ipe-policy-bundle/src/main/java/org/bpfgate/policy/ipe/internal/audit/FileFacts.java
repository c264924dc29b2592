package org.bpfgate.policy.ipe.internal.audit;

import java.util.Objects;

/**
 * The file that an event is about.
 *
 * @param path its path, one character per byte
 * @param device the name of its file system's device ({@code s_id}), such as {@code sda2} or {@code tmpfs}
 * @param inode its inode number, unsigned
 */
public record FileFacts(String path, String device, long inode) {
    /** Refuses nulls. */
    public FileFacts {
        Objects.requireNonNull(path);
        Objects.requireNonNull(device);
    }

    /** Returns the fields of the record, from {@code path=} to {@code ino=}. */
    String fields() {
        return "path=" + AuditText.untrusted(path) + " dev=" + AuditText.untrusted(device) + " ino="
                + Long.toUnsignedString(inode);
    }
}
