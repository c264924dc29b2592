package org.bpfgate.policy.ipe.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;

/** Writes files that are there whole or not at all, whenever the process or the machine stops. */
final class AtomicFile {
    private static final String DRAFT = ".draft";

    private AtomicFile() {}

    /**
     * Replaces a file. Its bytes are on the disk before it gets its name, and the name is before this returns. One writer per
     * directory at a time.
     */
    static void write(Path directory, String name, byte[] bytes) throws IOException {
        Path draft = directory.resolve(name + DRAFT);
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(directory);
    }

    /** Makes a directory and those above it, each on the disk before this returns. */
    static void makeDirectories(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (Files.isDirectory(directory) || parent == null) {
            return;
        }
        makeDirectories(parent);
        Files.createDirectories(directory);
        sync(parent);
    }

    /** Removes the files that no longer count, and the drafts of writers that did not get to their end. */
    static void keepOnly(Path directory, Predicate<String> wanted) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!wanted.test(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
