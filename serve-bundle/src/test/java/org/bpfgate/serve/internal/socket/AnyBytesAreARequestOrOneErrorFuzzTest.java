package org.bpfgate.serve.internal.socket;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.bpfgate.serve.internal.socket.JsonLines.LineException;

class AnyBytesAreARequestOrOneErrorFuzzTest {
    /** Whatever a client sends is objects, or one error with a line of text; nothing else is thrown. */
    @FuzzTest
    void read(byte[] bytes) throws IOException {
        JsonLines lines = new JsonLines(new ByteArrayInputStream(bytes));
        try {
            while (lines.next() != null) {
                // The next one.
            }
        } catch (LineException e) {
            if (String.valueOf(e.getMessage()).contains("\n")) {
                throw new AssertionError("more than one line: " + e.getMessage(), e);
            }
        }
    }
}
