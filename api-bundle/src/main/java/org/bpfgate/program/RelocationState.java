package org.bpfgate.program;

/**
 * How close instructions read from a file are to those that a load would carry. Instructions copied from a real load are
 * always {@link #COMPLETE}.
 */
public enum RelocationState {
    /** These are the bytes that a load carries: a signature over them can be checked and their digest is exact. */
    COMPLETE,

    /**
     * Only the file descriptors of maps are open. The digest is exact, because it leaves them out; a signature cannot be
     * checked, because it would have to cover them.
     */
    MAP_FDS_PENDING,

    /**
     * The loader changes the instructions in a way that depends on the running kernel (CO-RE, kernel symbols): neither
     * the digest nor the signed bytes are known before the load.
     */
    PENDING
}
