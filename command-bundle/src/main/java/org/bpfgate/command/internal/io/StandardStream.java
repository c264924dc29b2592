package org.bpfgate.command.internal.io;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output or standard error. {@link System#out} keeps no word about what it could not write; this stream does. After the first
 * failure nothing more is written. For one thread at a time.
 */
public final class StandardStream extends OutputStream {
    /** What strerror(3) says of {@code EPIPE}; the start script sees to the language. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private final OutputStream to;
    private final boolean endsEarly;
    private @Nullable IOException failure;
    private boolean used;

    /**
     * Makes a stream.
     *
     * @param to what is behind it
     * @param endsEarly whether a failure is thrown as {@link OutputException}; else it is only remembered
     */
    public StandardStream(OutputStream to, boolean endsEarly) {
        this.to = to;
        this.endsEarly = endsEarly;
    }

    /** Returns standard output, which carries the results of a command: when it fails, the command ends. */
    public static StandardStream output() {
        return new StandardStream(new FileOutputStream(FileDescriptor.out), true);
    }

    /** Returns standard error: a command goes on without its diagnostics. */
    public static StandardStream error() {
        return new StandardStream(new FileOutputStream(FileDescriptor.err), false);
    }

    /** Returns why the stream could not be written, in the system's words; empty when nothing failed. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure).map(e -> String.valueOf(e.getMessage()));
    }

    /** Returns whether anything was written, or was to be. */
    public boolean isUsed() {
        return used;
    }

    /** Returns whether the stream failed because its reader has gone. */
    public boolean isClosedByReader() {
        return failure().filter(BROKEN_PIPE::equals).isPresent();
    }

    /** Returns a writer of text in UTF-8 that calls standard input as the user did. */
    public Writer textWriter(StandardInput input) {
        return new RenamingWriter(new OutputStreamWriter(this, StandardCharsets.UTF_8), input);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        used = true;
        if (failure != null) {
            return;
        }
        try {
            to.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            if (endsEarly) {
                throw new OutputException(e);
            }
        }
    }
}
