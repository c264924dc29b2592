package org.bpfgate.allowlist;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a list is made of. Copied.
 *
 * @param lists files: text lists, compiled lists and signed manifests
 * @param programs further programs
 * @param without entries that are left out, whichever input has them
 */
public record ListInputs(List<Path> lists, List<ListedProgram> programs, Set<ListSelection> without) {
    /** Copies the collections. */
    public ListInputs {
        lists = List.copyOf(lists);
        programs = List.copyOf(programs);
        without = Set.copyOf(without);
    }

    /** What one file lists. */
    public static ListInputs of(Path list) {
        return new ListInputs(List.of(list), List.of(), Set.of());
    }
}
