package org.bpfgate.serve.internal.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies of the files that a promotion changes, from before it. The promotion is done when they are gone; a gate that finds them when it
 * starts puts them back, so that a crash in the middle of several files leaves all old. Used by one thread at a time.
 */
public final class PromotionJournal {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    /** Settings by PID, and the index of the module store. */
    private static final String SETTINGS = ".cfg";

    private final Path settings;
    private final Path state;
    private final Path index;
    private final Path journal;
    private final Path draft;
    private final StoreFiles files;

    /**
     * The journal of one gate.
     *
     * @param settings the directory of settings
     * @param state the directory of what outlives the gate
     */
    public PromotionJournal(Path settings, Path state, StoreFiles files) {
        this.settings = settings;
        this.state = state;
        index = state.resolve("modules/index.json");
        journal = state.resolve("promotion");
        draft = state.resolve("promotion.new");
        this.files = files;
    }

    /**
     * Copies all settings and the index.
     *
     * @throws IOException when that is not on the disk; nothing is kept then
     */
    public void begin() throws IOException {
        deleteAll(draft);
        files.directory(draft);
        for (Path file : settingsFiles(settings)) {
            copy(file, draft.resolve(file.getFileName()));
        }
        if (Files.exists(index)) {
            copy(index, draft.resolve(index.getFileName()));
        }
        files.syncDirectory(draft);
        files.rename(draft, journal);
        files.syncDirectory(state);
    }

    private void copy(Path from, Path to) throws IOException {
        try (FileChannel out = files.create(to)) {
            files.write(out, ByteBuffer.wrap(Files.readAllBytes(from)));
            files.sync(out);
        }
    }

    /**
     * The promotion is done, or undone.
     *
     * @return what is wrong while it cannot be forgotten, one line; empty when it is
     */
    public String close() {
        try {
            if (Files.exists(journal)) {
                // One step, so that no crash leaves a part of it.
                deleteAll(draft);
                files.rename(journal, draft);
                files.syncDirectory(state);
            }
            deleteAll(draft);
            return "";
        } catch (IOException e) {
            return journal + " cannot be deleted: " + e.getMessage()
                    + "; delete it, or the next start of the gate undoes the last promotion";
        }
    }

    /**
     * Puts back what an interrupted promotion changed.
     *
     * @throws IOException when that fails: then nobody knows what is to decide. One line with the file
     */
    public void recover() throws IOException {
        deleteAll(draft);
        if (!Files.isDirectory(journal)) {
            return;
        }
        LOG.log(Level.WARNING, "a promotion was interrupted, and is undone");
        for (Path file : settingsFiles(settings)) {
            if (Files.notExists(journal.resolve(file.getFileName()))) {
                Files.delete(file);
            }
        }
        for (Path kept : settingsFiles(journal)) {
            restore(kept, settings.resolve(kept.getFileName()));
        }
        Path keptIndex = journal.resolve(index.getFileName());
        if (Files.exists(keptIndex)) {
            restore(keptIndex, index);
        } else {
            Files.deleteIfExists(index);
        }
        String problem = close();
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }

    private static void restore(Path kept, Path file) throws IOException {
        if (Files.exists(file) && Files.mismatch(kept, file) < 0) {
            return;
        }
        Path next = file.resolveSibling("." + file.getFileName() + ".new");
        Files.copy(kept, next, StandardCopyOption.REPLACE_EXISTING);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Path> settingsFiles(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(SETTINGS))
                    .toList();
        }
    }

    private void deleteAll(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                files.delete(file);
            }
        }
        files.delete(directory);
    }
}
