package org.bpfgate.policy.ipe.internal.audit;

import java.util.Objects;
import org.bpfgate.audit.AuditClient;
import org.jspecify.annotations.Nullable;

/**
 * What a policy was asked about.
 *
 * @param op the operation in the words of the language; {@code UNKNOWN} when it has none
 * @param hook the hook in the words of the kernel's records
 * @param actor who asked; null when nobody did, as when files are judged before anybody loads them
 * @param file the file concerned; null for none
 * @param program the program concerned; null for none. The kernel's text leaves it out
 */
public record AccessEvent(
        String op,
        String hook,
        @Nullable AuditClient actor,
        @Nullable File file,
        @Nullable Program program) {
    /** Refuses nulls. */
    public AccessEvent {
        Objects.requireNonNull(op);
        Objects.requireNonNull(hook);
    }

    /**
     * The file that an event is about.
     *
     * @param path its path, one character per byte
     * @param device the name of its file system's device ({@code s_id}), such as {@code sda2} or {@code tmpfs}
     * @param inode its inode number, unsigned
     */
    public record File(String path, String device, long inode) {
        /** Refuses nulls. */
        public File {
            Objects.requireNonNull(path);
            Objects.requireNonNull(device);
        }

        /** Returns the fields of the record, from {@code path=} to {@code ino=}. */
        String fields() {
            return "path=" + AuditText.untrusted(path) + " dev=" + AuditText.untrusted(device) + " ino="
                    + Long.toUnsignedString(inode);
        }
    }

    /**
     * A BPF program that was to be loaded.
     *
     * @param name its name; may be empty
     * @param type its type in the words of bpftool
     */
    public record Program(String name, String type) {
        /** Refuses nulls. */
        public Program {
            Objects.requireNonNull(name);
            Objects.requireNonNull(type);
        }
    }
}
