package org.bpfgate.command.internal.io;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes {@code -} where a text names the file that holds standard input, because that is what the user typed. Before standard input is
 * read, it passes everything on; from then on it holds a line back until it is whole.
 */
final class RenamingWriter extends FilterWriter {
    private final StandardInput input;
    private final StringBuilder line = new StringBuilder();

    RenamingWriter(Writer to, StandardInput input) {
        super(to);
        this.input = input;
    }

    @Override
    public void write(int c) throws IOException {
        write(new char[] {(char) c}, 0, 1);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        write(text.substring(offset, offset + length).toCharArray(), 0, length);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        if (!input.isRead()) {
            out.write(text, offset, length);
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            line.append(text[i]);
            if (text[i] == '\n') {
                writeLine();
            }
        }
    }

    private void writeLine() throws IOException {
        out.write(input.rename(line.toString()));
        line.setLength(0);
    }

    @Override
    public void flush() throws IOException {
        writeLine();
        out.flush();
    }
}
