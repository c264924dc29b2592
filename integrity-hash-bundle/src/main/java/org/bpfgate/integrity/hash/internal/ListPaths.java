package org.bpfgate.integrity.hash.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which lists are configured.
 *
 * @param allowed files of programs to let in
 * @param revoked files of programs that are not let in
 * @param mustBeSigned whether only signed manifests are taken
 */
record ListPaths(List<Path> allowed, List<Path> revoked, boolean mustBeSigned) {
    /** Copies the lists. */
    ListPaths {
        allowed = List.copyOf(allowed);
        revoked = List.copyOf(revoked);
    }

    boolean isEmpty() {
        return allowed.isEmpty() && revoked.isEmpty();
    }

    /** Returns all files. */
    List<Path> all() {
        List<Path> all = new ArrayList<>(allowed);
        all.addAll(revoked);
        return all;
    }
}
