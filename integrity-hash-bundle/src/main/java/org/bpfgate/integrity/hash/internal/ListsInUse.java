package org.bpfgate.integrity.hash.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configured lists and loads them again when their files change. Deciding threads never wait for it: a new set is made
 * beside the old one and put in its place by one write. Safe for use by several threads.
 */
final class ListsInUse {
    private final AllowlistModule module;
    private final ListLoader loader;
    private final ReloadProblem problem;
    private ListPaths paths = new ListPaths(List.of(), List.of(), false);
    private FileStamps stamps = FileStamps.NONE;

    ListsInUse(AllowlistModule module, ListLoader loader, ReloadProblem problem) {
        this.module = module;
        this.loader = loader;
        this.problem = problem;
    }

    /**
     * Puts other lists in use.
     *
     * @throws AllowlistException when one of them is bad; the ones in use, and the files that are watched, stay
     */
    synchronized void use(ListPaths replacement) throws AllowlistException {
        FileStamps before = stampsOf(replacement);
        module.use(replacement.isEmpty() ? null : load(replacement));
        paths = replacement;
        stamps = before;
        problem.set(null);
    }

    /** Loads the lists again if a file, or what signatures are judged by, has changed. Bad ones are reported; the last good set stays. */
    synchronized void reloadIfChanged() {
        FileStamps now = paths.isEmpty() ? stamps : stampsOf(paths);
        if (now.equals(stamps)) {
            return;
        }
        stamps = now;
        try {
            module.use(load(paths));
            problem.set(null);
        } catch (AllowlistException e) {
            problem.set(e.getMessage());
        }
    }

    private FileStamps stampsOf(ListPaths of) {
        return FileStamps.of(of.all(), loader.trustGeneration());
    }

    private ListSet load(ListPaths from) throws AllowlistException {
        return new ListSet(loadAll(from.allowed(), from.mustBeSigned()), loadAll(from.revoked(), from.mustBeSigned()));
    }

    private List<ProgramList> loadAll(List<Path> files, boolean mustBeSigned) throws AllowlistException {
        List<ProgramList> lists = new ArrayList<>();
        for (Path file : files) {
            lists.add(loader.load(file, mustBeSigned));
        }
        return lists;
    }

    /** Where it is said that the files on disk are not the lists in use. */
    @FunctionalInterface
    interface ReloadProblem {
        /** Tells the fault, or null when there is none any more. */
        void set(@Nullable String fault);
    }
}
