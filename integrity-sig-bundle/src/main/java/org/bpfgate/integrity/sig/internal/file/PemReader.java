package org.bpfgate.integrity.sig.internal.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Finds the blocks of a PEM file (RFC 7468, lax form: any text may stand before, between and behind them). */
public final class PemReader {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final Path file;
    private final String[] lines;
    private int at;

    private PemReader(Path file, String text) {
        this.file = file;
        this.lines = text.split("\n", -1);
    }

    /** Returns whether bytes look like PEM rather than DER. */
    public static boolean isPem(byte[] bytes) {
        return text(bytes).contains(BEGIN);
    }

    /**
     * Reads all blocks.
     *
     * @param file for error messages
     * @param bytes what is in it
     * @throws InputFileException when a block does not end, or does not hold base64
     */
    public static List<PemBlock> read(Path file, byte[] bytes) throws InputFileException {
        return new PemReader(file, text(bytes)).read();
    }

    /** The text around the blocks may be in any encoding; this one maps all bytes and keeps ASCII. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private List<PemBlock> read() throws InputFileException {
        List<PemBlock> blocks = new ArrayList<>();
        while (at < lines.length) {
            String line = lines[at++].strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                blocks.add(block(line.substring(BEGIN.length(), line.length() - DASHES.length())));
            }
        }
        return blocks;
    }

    private PemBlock block(String label) throws InputFileException {
        int begin = at;
        boolean headers = false;
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = at < lines.length ? lines[at++].strip() : "";
            if (line.startsWith(END)) {
                return new PemBlock(label, begin, headers, decode(begin, label, data.toString()));
            }
            if (at == lines.length || line.startsWith(BEGIN)) {
                throw new InputFileException(file, begin, "the " + label + " block has no END line");
            }
            if (line.indexOf(':') >= 0) {
                headers = true;
            } else {
                data.append(line);
            }
        }
    }

    private byte[] decode(int line, String label, String data) throws InputFileException {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new InputFileException(file, line, "the " + label + " block is not valid base64");
        }
    }
}
