package org.bpfgate.command.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Standard input where a file is expected, by the name {@code -}. It is copied into a file of its own, because modules take the names of
 * files. The copy is readable for this user only and deleted at the end of the command. For one thread.
 */
public final class StandardInput implements AutoCloseable {
    /** How users name it. */
    public static final Path NAME = Path.of("-");

    /** The largest input that any verb takes is a list of 1 GiB. */
    private static final long LIMIT = 1L << 30;

    /** Enough to know what it is. */
    private static final int HEAD = 1 << 16;

    private final InputStream in;
    private @Nullable Path directory;
    private @Nullable Path copy;

    /** Makes one that reads nothing yet. */
    public StandardInput(InputStream in) {
        this.in = in;
    }

    /** Returns whether a file is the copy of standard input. */
    public boolean isCopy(Path file) {
        return file.equals(copy);
    }

    boolean isRead() {
        return copy != null;
    }

    /**
     * Reads standard input to its end.
     *
     * @return the file that holds it, with the ending of what it seems to be, as programs are known by their names
     * @throws InputException when it was read before, cannot be read, or is too large
     */
    public Path read() throws InputException {
        if (copy != null) {
            throw new InputException("-: standard input can be read once only");
        }
        try {
            directory = Files.createTempDirectory(
                    "bpfgate-input-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            byte[] head = in.readNBytes(HEAD);
            Path file = directory.resolve("stdin" + ending(head));
            copy = file;
            // Where a signal ends the command, nobody closes this. The last that is registered goes first.
            directory.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            copy(head, file);
            return file;
        } catch (IOException e) {
            throw new InputException("-: cannot be read: " + e.getMessage());
        }
    }

    private void copy(byte[] head, Path file) throws IOException, InputException {
        long size = head.length;
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(head);
            byte[] buffer = new byte[HEAD];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                size += count;
                if (size > LIMIT) {
                    throw new InputException("-: is larger than " + LIMIT + " bytes");
                }
                out.write(buffer, 0, count);
            }
        }
    }

    /** Instructions have zero bytes in every program; lists, policies, keys and certificates in PEM are text, messages begin as DER does. */
    static String ending(byte[] head) {
        byte[] elf = {0x7f, 'E', 'L', 'F'};
        if (head.length >= elf.length && Arrays.equals(head, 0, elf.length, elf, 0, elf.length)) {
            return ".o";
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.indexOf('\0') < 0) {
            return text.contains("skel_internal.h") ? ".lskel.h" : "";
        }
        boolean isDer = head[0] == 0x30 && (head[1] & 0x80) != 0;
        boolean isCompiledList = text.startsWith("bpfgate\0");
        return isDer || isCompiledList ? "" : ".insns";
    }

    /** Puts {@code -} in the place of the file's name. */
    String rename(String text) {
        return copy == null ? text : text.replace("file://" + copy, "-").replace(copy.toString(), "-");
    }

    /** Deletes the copy. What cannot be deleted is left to whoever cleans the temporary files. */
    @Override
    public void close() {
        for (Path path : new Path[] {copy, directory}) {
            try {
                if (path != null) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                // As said above: the result of the command does not depend on it.
            }
        }
    }
}
