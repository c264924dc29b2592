package org.bpfgate.program;

/** What the holder of a map's file descriptor may do: {@code FMODE_READ} and {@code FMODE_WRITE} of the kernel. */
public enum FileMode {
    /** Look up. */
    READ,
    /** Update and delete. */
    WRITE,
    /** Both. */
    READ_WRITE
}
