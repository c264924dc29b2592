package org.bpfgate.command.internal.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.command.internal.io.InputException;

/**
 * What a directory holds that a list can be made of, at any depth. Lists are known there by their names only, {@code allowlist} or
 * ending in {@code .allowlist}: a text that is no list must not be taken for a broken one, nor the other way about.
 *
 * @param programs the program files, sorted by path
 * @param lists the lists, sorted by path
 */
public record ListInputFiles(List<Path> programs, List<Path> lists) {
    private static final String LIST = "allowlist";

    /** Copies the lists. */
    public ListInputFiles {
        programs = List.copyOf(programs);
        lists = List.copyOf(lists);
    }

    /**
     * Looks through a directory.
     *
     * @param faults as for {@link ProgramFiles#expand}
     * @throws InputException when it holds neither, or cannot be listed
     */
    public static ListInputFiles in(Path directory, ProgramFiles.Faults faults) throws InputException {
        List<Path> programs = new ArrayList<>();
        List<Path> lists = new ArrayList<>();
        for (Path file : ProgramTree.filesBelow(directory, ListInputFiles::isWanted, faults)) {
            (hasListName(file) ? lists : programs).add(file);
        }
        ListInputFiles found = new ListInputFiles(programs, lists);
        if (found.programs.isEmpty() && found.lists.isEmpty()) {
            throw new InputException(
                    directory,
                    "holds no program file (.o, .insns, .bin, .lskel.h) and no list (allowlist, *.allowlist)");
        }
        return found;
    }

    private static boolean isWanted(Path file) {
        return ProgramTree.hasProgramEnding(file) || hasListName(file);
    }

    private static boolean hasListName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(LIST) || name.endsWith("." + LIST);
    }
}
