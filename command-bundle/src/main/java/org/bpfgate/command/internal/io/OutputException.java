package org.bpfgate.command.internal.io;

import java.io.IOException;

/** Standard output cannot be written. Thrown once, so that a verb ends early; what is written afterwards is dropped. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputException(IOException cause) {
        super(cause);
    }
}
