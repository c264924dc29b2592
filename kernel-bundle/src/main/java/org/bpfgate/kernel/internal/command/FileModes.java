package org.bpfgate.kernel.internal.command;

import org.bpfgate.kernel.internal.syscall.OtherAttr;
import org.bpfgate.program.FileMode;

/** {@code bpf_get_file_flag()} of the kernel. */
final class FileModes {
    private FileModes() {}

    /** Returns what a descriptor that is asked for with these flags permits; the kernel refuses both flags at once. */
    static FileMode of(int flags) {
        if ((flags & OtherAttr.READ_ONLY_FLAG) != 0) {
            return FileMode.READ;
        }
        return (flags & OtherAttr.WRITE_ONLY_FLAG) != 0 ? FileMode.WRITE : FileMode.READ_WRITE;
    }
}
