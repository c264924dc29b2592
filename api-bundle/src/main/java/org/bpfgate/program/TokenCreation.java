package org.bpfgate.program;

import java.util.Objects;

/**
 * One request to create a token: the arguments {@code token, attr, path} of the kernel's hook.
 *
 * @param token the token that is to be
 * @param path the mount point of the BPF file system that it comes from
 */
public record TokenCreation(BpfToken token, String path) {
    /** Refuses nulls. */
    public TokenCreation {
        Objects.requireNonNull(token);
        Objects.requireNonNull(path);
    }
}
