package org.bpfgate.policy.ipe.internal.event;

import java.util.Objects;

/**
 * What fs-verity knows about a file for which it is enabled.
 *
 * @param digest the digest of the file
 * @param signed whether the kernel validated a builtin signature of it
 */
public record FsVerity(FileDigest digest, boolean signed) {
    /** Refuses null. */
    public FsVerity {
        Objects.requireNonNull(digest);
    }
}
