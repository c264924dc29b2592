package org.bpfgate.command.internal.read;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.read.ProgramFiles.Faults;

/**
 * Collects the files of some kind below a directory. Each directory is listed once, so a walk through links ends; a link to a directory
 * is followed after all that are no links, so that a file is called by its own path where it has one.
 */
final class ProgramTree {
    private static final String[] ENDINGS = {".o", ".insns", ".bin", ".lskel.h"};

    private final Predicate<Path> wanted;
    private final Faults faults;
    private final List<Path> files = new ArrayList<>();
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final List<Path> links = new ArrayList<>();

    /** The directories that were reached, by what identifies them however they are reached. */
    private final Map<Object, Path> reached = new HashMap<>();

    private ProgramTree(Predicate<Path> wanted, Faults faults) {
        this.wanted = wanted;
        this.faults = faults;
    }

    /** See {@link ProgramFiles#expand}. */
    static List<Path> filesOf(Path argument, Faults faults) throws InputException {
        if (!attributes(argument).isDirectory()) {
            return List.of(argument);
        }
        List<Path> found = filesBelow(argument, ProgramTree::hasProgramEnding, faults);
        if (found.isEmpty()) {
            throw new InputException(argument, "holds no program file (.o, .insns, .bin, .lskel.h)");
        }
        return found;
    }

    /**
     * Collects files.
     *
     * @param wanted says by its path whether a file is one of them
     * @return them, at any depth, sorted by path; may be empty
     * @throws InputException when the directory cannot be listed
     */
    static List<Path> filesBelow(Path directory, Predicate<Path> wanted, Faults faults) throws InputException {
        ProgramTree tree = new ProgramTree(wanted, faults);
        tree.reach(directory, attributes(directory));
        tree.list(tree.waiting.remove());
        tree.listWaiting();
        while (!tree.links.isEmpty()) {
            List<Path> links = new ArrayList<>(tree.links);
            tree.links.clear();
            links.sort(null);
            for (Path link : links) {
                tree.tryReach(link);
                tree.listWaiting();
            }
        }
        tree.files.sort(null);
        return List.copyOf(tree.files);
    }

    private void listWaiting() {
        while (!waiting.isEmpty()) {
            try {
                list(waiting.remove());
            } catch (InputException e) {
                faults.unreadable(e);
            }
        }
    }

    private void list(Path directory) throws InputException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                visit(entry);
            }
        } catch (DirectoryIteratorException e) {
            throw new InputException(directory, "cannot be listed to its end");
        } catch (IOException e) {
            throw new InputException(directory, BoundedFile.explain(e));
        }
    }

    private void visit(Path entry) {
        if (Files.isDirectory(entry)) {
            if (Files.isSymbolicLink(entry)) {
                links.add(entry);
            } else {
                tryReach(entry);
            }
        } else if (wanted.test(entry)) {
            try {
                attributes(entry);
                files.add(entry);
            } catch (InputException e) {
                faults.passedOver(e);
            }
        }
    }

    private void tryReach(Path directory) {
        try {
            reach(directory, attributes(directory));
        } catch (InputException e) {
            faults.passedOver(e);
        }
    }

    private void reach(Path directory, BasicFileAttributes attributes) throws InputException {
        Object key = attributes.fileKey();
        Path before = reached.putIfAbsent(key == null ? directory : key, directory);
        if (before != null) {
            throw new InputException(directory, "is the same directory as " + before + ", reached twice by a link");
        }
        waiting.add(directory);
    }

    private static BasicFileAttributes attributes(Path path) throws InputException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            boolean dangling = Files.isSymbolicLink(path) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            throw new InputException(path, dangling ? "is a link that leads nowhere" : BoundedFile.explain(e));
        }
    }

    /** Returns whether a file is a program by its name. */
    static boolean hasProgramEnding(Path entry) {
        String name = entry.toString();
        for (String ending : ENDINGS) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}
