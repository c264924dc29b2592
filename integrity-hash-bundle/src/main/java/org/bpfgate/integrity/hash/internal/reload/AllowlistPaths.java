package org.bpfgate.integrity.hash.internal.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which lists are configured.
 *
 * @param allowed files of allowed programs
 * @param revoked files of denied programs
 * @param mustBeSigned whether only signed manifests are taken
 * @param follow whether changes of the files count
 * @param loss how much lists may lose
 */
public record AllowlistPaths(
        List<Path> allowed, List<Path> revoked, boolean mustBeSigned, boolean follow, LossRule loss) {
    /** No list. */
    public static final AllowlistPaths NONE = new AllowlistPaths(List.of(), List.of(), false);

    /** Lists whose files are followed. */
    public AllowlistPaths(List<Path> allowed, List<Path> revoked, boolean mustBeSigned) {
        this(allowed, revoked, mustBeSigned, true);
    }

    /** Lists that may lose everything. */
    public AllowlistPaths(List<Path> allowed, List<Path> revoked, boolean mustBeSigned, boolean follow) {
        this(allowed, revoked, mustBeSigned, follow, LossRule.NONE);
    }

    /** Copies the lists. */
    public AllowlistPaths {
        allowed = List.copyOf(allowed);
        revoked = List.copyOf(revoked);
    }

    /** Returns all lists, in the order in which they are asked. */
    List<AllowlistSource> sources() {
        List<AllowlistSource> sources = new ArrayList<>();
        revoked.forEach(file -> sources.add(new AllowlistSource(file, true, mustBeSigned, follow)));
        allowed.forEach(file -> sources.add(new AllowlistSource(file, false, mustBeSigned, follow)));
        return sources;
    }
}
