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

    /** Returns all lists, in the order in which they are asked. */
    List<ListSource> sources() {
        List<ListSource> sources = new ArrayList<>();
        revoked.forEach(file -> sources.add(new ListSource(file, true, mustBeSigned)));
        allowed.forEach(file -> sources.add(new ListSource(file, false, mustBeSigned)));
        return sources;
    }
}
