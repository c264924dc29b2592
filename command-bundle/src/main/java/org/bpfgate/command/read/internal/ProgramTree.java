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

/** Collects the program files below a directory. Each directory is listed once, so a walk through links ends. */
final class ProgramTree {
    private static final String[] ENDINGS = {".o", ".insns", ".bin", ".lskel.h"};

    private final List<Path> files = new ArrayList<>();
    private final Deque<Path> waiting = new ArrayDeque<>();

    /** The directories that were reached, by what identifies them however they are reached. */
    private final Map<Object, Path> reached = new HashMap<>();

    private ProgramTree() {}

    /** See {@link ProgramFiles#expand(Path)}. */
    static List<Path> filesOf(Path argument) throws InputException {
        BasicFileAttributes attributes = attributes(argument);
        if (!attributes.isDirectory()) {
            return List.of(argument);
        }
        ProgramTree tree = new ProgramTree();
        tree.reach(argument, attributes);
        while (!tree.waiting.isEmpty()) {
            tree.list(tree.waiting.remove());
        }
        if (tree.files.isEmpty()) {
            throw new InputException(argument, "holds no program file (.o, .insns, .bin, .lskel.h)");
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
        if (hasProgramEnding(entry) || Files.isDirectory(entry)) {
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

    private static boolean hasProgramEnding(Path entry) {
        String name = entry.toString();
        for (String ending : ENDINGS) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}
