package org.bpfgate.command.read.internal;

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

/** Collects the files of some kind below a directory. Each directory is listed once, so a walk through links ends. */
final class ProgramTree {
    private static final String[] ENDINGS = {".o", ".insns", ".bin", ".lskel.h"};

    private final Predicate<Path> wanted;
    private final List<Path> files = new ArrayList<>();
    private final Deque<Path> waiting = new ArrayDeque<>();

    /** The directories that were reached, by what identifies them however they are reached. */
    private final Map<Object, Path> reached = new HashMap<>();

    private ProgramTree(Predicate<Path> wanted) {
        this.wanted = wanted;
    }

    /** See {@link ProgramFiles#expand(Path)}. */
    static List<Path> filesOf(Path argument) throws InputException {
        if (!attributes(argument).isDirectory()) {
            return List.of(argument);
        }
        List<Path> found = filesBelow(argument, ProgramTree::hasProgramEnding);
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
     * @throws InputException when a directory cannot be listed, or is reached twice through symbolic links
     */
    static List<Path> filesBelow(Path directory, Predicate<Path> wanted) throws InputException {
        ProgramTree tree = new ProgramTree(wanted);
        tree.reach(directory, attributes(directory));
        while (!tree.waiting.isEmpty()) {
            tree.list(tree.waiting.remove());
        }
        tree.files.sort(null);
        return List.copyOf(tree.files);
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

    private void visit(Path entry) throws InputException {
        if (wanted.test(entry) || Files.isDirectory(entry)) {
            BasicFileAttributes attributes = attributes(entry);
            if (attributes.isDirectory()) {
                reach(entry, attributes);
            } else {
                files.add(entry);
            }
        }
    }

    private void reach(Path directory, BasicFileAttributes attributes) throws InputException {
        Object key = attributes.fileKey();
        Path before = reached.put(key == null ? directory : key, directory);
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
