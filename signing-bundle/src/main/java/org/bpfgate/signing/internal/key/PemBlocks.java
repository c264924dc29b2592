package org.bpfgate.signing.internal.key;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectParser;
import org.bpfgate.integrity.SigningException;
import org.jspecify.annotations.Nullable;

/** Takes keys and certificates out of a PEM file, and knows the lines that they begin in. Other blocks are passed over. */
final class PemBlocks extends PEMParser {
    private static final String BEGIN = "-----BEGIN ";

    private final Path file;
    private int line;
    private int begin;

    private PemBlocks(Path file, String text) {
        super(new StringReader(text));
        this.file = file;
    }

    /**
     * A key or a certificate.
     *
     * @param type what stands behind BEGIN, such as {@code CERTIFICATE}
     * @param line of the BEGIN, counted from 1
     * @param value as Bouncy Castle has it
     */
    record Block(String type, int line, Object value) {
        boolean isKey() {
            return type.endsWith("PRIVATE KEY");
        }
    }

    /**
     * Reads all blocks.
     *
     * @throws SigningException when a block has no end, or is not what it says
     */
    static List<Block> read(Path file, byte[] bytes) throws SigningException {
        PemBlocks blocks = new PemBlocks(file, InputFile.text(bytes));
        List<Block> found = new ArrayList<>();
        for (PemObject object = blocks.next(); object != null; object = blocks.next()) {
            if (object.getType().endsWith("PRIVATE KEY") || object.getType().equals("CERTIFICATE")) {
                found.add(new Block(object.getType(), blocks.begin, blocks.value(object)));
            }
        }
        return found;
    }

    private @Nullable PemObject next() throws SigningException {
        try {
            return readPemObject();
        } catch (IOException | RuntimeException e) {
            throw new SigningException(file + ":" + begin + ": this PEM block is cut off, or not valid base64", e);
        }
    }

    private Object value(PemObject object) throws SigningException {
        boolean isKey = object.getType().endsWith("PRIVATE KEY");
        try {
            if (parsers.get(object.getType()) instanceof PemObjectParser parser) {
                return parser.parseObject(object);
            }
        } catch (IOException | RuntimeException e) {
            // What Bouncy Castle throws at damaged content depends on where the damage is.
            throw new SigningException(
                    file + ":" + begin + ": not a usable " + (isKey ? "private key" : "certificate"), e);
        }
        throw new SigningException(file + ":" + begin + ": " + object.getType() + " blocks are not supported"
                + (object.getType().startsWith("OPENSSH") ? " (ssh-keygen -p -m PKCS8 -f FILE converts the key)" : ""));
    }

    /** Called for each line by the parser. */
    @Override
    public @Nullable String readLine() throws IOException {
        String text = super.readLine();
        line++;
        if (text != null && text.startsWith(BEGIN)) {
            begin = line;
        }
        return text;
    }
}
