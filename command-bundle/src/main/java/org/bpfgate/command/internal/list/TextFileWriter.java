package org.bpfgate.command.internal.list;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;

/**
 * A text file that {@code learn} writes piece by piece. Each piece is with the kernel when {@link #write} returns, so that a kill of
 * bpfgate takes nothing away. A file that was there before stays as it is until the first piece comes, and is then kept under the name
 * with {@value #EARLIER} behind it; or it is appended to. Not safe for use by several threads.
 */
public final class TextFileWriter implements AutoCloseable {
    /** What the name of the earlier file ends in. */
    public static final String EARLIER = ".old";

    private final Path file;
    private final boolean isNew;
    private @Nullable FileChannel channel;
    private boolean isWritten;

    private TextFileWriter(Path file, boolean isNew, @Nullable FileChannel channel) {
        this.file = file;
        this.isNew = isNew;
        this.channel = channel;
    }

    /**
     * Makes sure that a file can be written. A new one is there afterwards, and empty.
     *
     * @param appends whether a file that is there is kept and added to
     * @throws InputException when it cannot be written
     */
    public static TextFileWriter open(Path file, boolean appends) throws InputException {
        boolean isNew = !Files.exists(file);
        if (!isNew && !Files.isRegularFile(file)) {
            throw new InputException(file, Files.isDirectory(file) ? "is a directory" : "is not a regular file");
        }
        try {
            FileChannel opened = isNew
                    ? FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)
                    : FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isNew || appends || opened.size() == 0) {
                return new TextFileWriter(file, isNew, opened);
            }
            opened.close();
        } catch (IOException e) {
            throw new InputException(file, "cannot be written: " + explain(e));
        }
        requireDirectory(file);
        return new TextFileWriter(file, false, null);
    }

    /** The earlier file is to be renamed. */
    private static void requireDirectory(Path file) throws InputException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && !Files.isWritable(directory)) {
            throw new InputException(file, "cannot be replaced: its directory cannot be written");
        }
    }

    public static String explain(IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "there is no such directory";
        }
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = fault instanceof FileSystemException named ? named.getReason() : fault.getMessage();
        return reason == null ? fault.getClass().getSimpleName() : reason;
    }

    /** Returns whether the next piece is the first in the file. */
    public boolean isEmpty() throws IOException {
        return channel == null || channel.size() == 0;
    }

    /** Returns whether the file was there before, with something in it, and is to be replaced by the first piece. */
    public boolean replaces() {
        return channel == null && !isWritten;
    }

    /**
     * Adds a piece of text, whole or not at all.
     *
     * @throws IOException when it cannot be written; the file is as it was before then
     */
    public void write(String text) throws IOException {
        if (channel == null) {
            Files.move(file, Path.of(file + EARLIER), StandardCopyOption.REPLACE_EXISTING);
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        }
        long before = channel.size();
        String separated = !isWritten && before > 0 && !endsLine(channel, before) ? "\n" + text : text;
        ByteBuffer bytes = ByteBuffer.wrap(separated.getBytes(StandardCharsets.UTF_8));
        try {
            long at = before;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            isWritten = true;
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    /** A list that was edited may lack the last line feed, and two lines must not become one. */
    private static boolean endsLine(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, size - 1);
        return last.get(0) == '\n';
    }

    /** Takes a file away again that is new and that nothing was written to. */
    public void discard() throws IOException {
        close();
        if (isNew && !isWritten) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.force(true);
            channel.close();
        }
    }
}
