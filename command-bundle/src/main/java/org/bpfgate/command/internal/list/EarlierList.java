package org.bpfgate.command.internal.list;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListForm;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * The list that a compiled one replaces. What people wrote, reviewed or signed is kept under its name with {@value TextFileWriter#EARLIER}
 * behind it, as {@code learn} does; a compiled list is made again from the same inputs, and is not. For one thread.
 */
public final class EarlierList implements AutoCloseable {
    private final Path file;

    /** A second name of the file, or a copy; null when there is nothing to be kept. */
    private @Nullable Path held;

    private EarlierList(Path file, @Nullable Path held) {
        this.file = file;
        this.held = held;
    }

    /**
     * Holds on to what a file has.
     *
     * @param file what is to be replaced; need not be there
     * @throws ListException when it cannot be read
     * @throws InputException when it is no list, such as a policy, which is not to be lost; or cannot be kept
     */
    public static EarlierList of(Path file, AllowlistCompiler compiler) throws ListException, InputException {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) == 0) {
                return new EarlierList(file, null);
            }
            ListForm form = compiler.form(file);
            if (form == ListForm.TEXT && !TextList.isIn(file)) {
                throw new InputException(file, "is no list; bpfgate allowlist does not overwrite it");
            }
            return new EarlierList(file, form == ListForm.COMPILED ? null : hold(file));
        } catch (IOException e) {
            throw OutputFile.fault(file, e);
        }
    }

    /** The file itself stays where it is until the new one takes its place in one step. */
    private static Path hold(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path held = Files.createTempFile(directory, ".bpfgate-list-", ".tmp");
        try {
            Files.delete(held);
            Files.createLink(held, file);
        } catch (UnsupportedOperationException | IOException e) {
            // File systems without links, such as those of memory cards.
            Files.copy(file, held, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return held;
    }

    /** The file was replaced: gives what it held its name, and tells it. */
    public void keep(Console console) throws InputException {
        Path name = held;
        if (name == null) {
            return;
        }
        Path kept = Path.of(file + TextFileWriter.EARLIER);
        try {
            Files.move(name, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            held = null;
            console.note(file + ": what it held is now in " + kept);
        } catch (IOException e) {
            throw OutputFile.fault(kept, e);
        }
    }

    /** Lets go of what was not to be kept. */
    @Override
    public void close() throws InputException {
        Path name = held;
        try {
            if (name != null) {
                Files.deleteIfExists(name);
            }
        } catch (IOException e) {
            throw OutputFile.fault(name, e);
        }
    }
}
