package org.bpfgate.integrity.hash.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.hash.index.internal.CompiledIndex;
import org.bpfgate.integrity.hash.index.internal.IndexException;
import org.bpfgate.integrity.hash.index.internal.IndexHeader;
import org.bpfgate.program.KeyringId;
import org.jspecify.annotations.Nullable;

/**
 * Makes a list in use out of a file. Its first bytes tell the form: a compiled list, a CMS message (DER or PEM) that has a text
 * list as its content, or else a text list. Messages are verified with the user keyring.
 */
final class ListLoader {
    private static final byte[] PEM = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);

    /** The tag of a SEQUENCE (X.690, 8.9); what follows in a message of any use has the bit of the long form of lengths. */
    private static final byte SEQUENCE = 0x30;

    private final Supplier<@Nullable SignedContentReader> messages;

    ListLoader(Supplier<@Nullable SignedContentReader> messages) {
        this.messages = messages;
    }

    /**
     * Loads a file.
     *
     * @param mustBeSigned whether only a signed manifest will do
     * @throws AllowlistException when it is no usable list, or not signed though it must be
     */
    ProgramList load(Path file, boolean mustBeSigned) throws AllowlistException {
        byte[] head = ListFile.head(file, 16);
        boolean signed = isMessage(head);
        if (mustBeSigned && !signed) {
            throw new AllowlistException(file, "is not signed, and lists must be");
        }
        if (IndexHeader.isMagic(head)) {
            return new IndexList(file.toString(), index(file));
        }
        return signed ? manifest(file) : text(file, "", ListFile.read(file));
    }

    /** Returns a number that changes when a signature may be judged otherwise; 0 while nobody judges signatures. */
    long trustGeneration() {
        SignedContentReader reader = messages.get();
        return reader == null ? 0 : reader.keyringGeneration();
    }

    /** Opens a compiled list. */
    static CompiledIndex index(Path file) throws AllowlistException {
        try {
            return CompiledIndex.open(file);
        } catch (IndexException e) {
            throw new AllowlistException(file, e);
        }
    }

    /** Returns whether a file that begins so is a CMS message. */
    static boolean isMessage(byte[] head) {
        boolean der = head.length > 1 && head[0] == SEQUENCE && head[1] < 0;
        return der || (head.length >= PEM.length && Arrays.equals(PEM, 0, PEM.length, head, 0, PEM.length));
    }

    private TextList manifest(Path file) throws AllowlistException {
        SignedContent content = verified(file);
        String signer = content.report().signer().map(s -> s.subject()).orElse("an unnamed key");
        return text(file, signer, content.content().orElseThrow());
    }

    /**
     * Verifies a manifest.
     *
     * @throws AllowlistException when nobody here can, or its signature is not good
     */
    SignedContent verified(Path file) throws AllowlistException {
        SignedContentReader reader = messages.get();
        if (reader == null) {
            throw new AllowlistException(file, "is signed, and no verifier of signed texts is here");
        }
        SignedContent content = reader.read(ListFile.read(file), KeyringId.USER);
        if (content.content().isEmpty()) {
            throw new AllowlistException(
                    file, content.report().verdict() + ": " + content.report().reason());
        }
        return content;
    }

    private static TextList text(Path file, String signer, byte[] bytes) throws AllowlistException {
        Allowlist.Builder entries = new Allowlist.Builder();
        Validity validity = AllowlistReader.parse(file, bytes, entries);
        return new TextList(file.toString(), signer, validity, entries.build());
    }
}
