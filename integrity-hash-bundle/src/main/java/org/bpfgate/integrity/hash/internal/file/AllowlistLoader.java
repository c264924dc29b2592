package org.bpfgate.integrity.hash.internal.file;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bpfgate.allowlist.ListForm;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.Signer;
import org.bpfgate.integrity.hash.internal.index.CompiledIndex;
import org.bpfgate.integrity.hash.internal.index.IndexException;
import org.bpfgate.integrity.hash.internal.index.IndexHeader;
import org.bpfgate.integrity.hash.internal.list.Allowlist;
import org.bpfgate.integrity.hash.internal.list.AllowlistEntry;
import org.bpfgate.integrity.hash.internal.list.CompiledDigestList;
import org.bpfgate.integrity.hash.internal.list.DigestList;
import org.bpfgate.integrity.hash.internal.list.DistrustedDigestList;
import org.bpfgate.integrity.hash.internal.list.ManifestDigestList;
import org.bpfgate.integrity.hash.internal.list.SignedDigestList;
import org.bpfgate.integrity.hash.internal.list.TextDigestList;
import org.bpfgate.integrity.hash.internal.list.Validity;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.integrity.hash.internal.text.AllowlistFile;
import org.bpfgate.integrity.hash.internal.text.AllowlistReader;
import org.bpfgate.program.KeyringId;
import org.jspecify.annotations.Nullable;

/**
 * Makes a list in use out of a file. Its first bytes tell the form: a compiled list, a CMS message (DER or PEM) that has a text
 * list as its content, or else a text list. Messages are verified with the user keyring. Safe for use by several threads.
 */
public final class AllowlistLoader {
    /** So many first bytes tell the form. */
    public static final int HEAD = 16;

    private static final byte[] PEM = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);

    /** The tag of a SEQUENCE (X.690, 8.9); what follows in a message of any use has the bit of the long form of lengths. */
    private static final byte SEQUENCE = 0x30;

    private final Supplier<@Nullable SignedContentReader> messages;

    /** Weak, so that a bundle that was updated can go. */
    private WeakReference<@Nullable SignedContentReader> lastReader = new WeakReference<>(null);

    private long readers;

    public AllowlistLoader(Supplier<@Nullable SignedContentReader> messages) {
        this.messages = messages;
    }

    /**
     * Loads a file.
     *
     * @param mustBeSigned whether only a signed manifest will do
     * @param follows whether a compiled list stays in its file; otherwise it is copied into memory, as the others are
     * @throws AllowlistException when it is no usable list, or not signed though it must be
     */
    public DigestList load(Path file, boolean mustBeSigned, boolean follows) throws AllowlistException {
        byte[] head = AllowlistFile.head(file, HEAD);
        ListForm form = form(head);
        if (mustBeSigned && form != ListForm.MANIFEST) {
            throw new AllowlistException(file, "is not signed, and lists must be");
        }
        return switch (form) {
            case COMPILED -> new CompiledDigestList(file.toString(), follows ? index(file) : copy(file));
            case MANIFEST -> manifest(file);
            case TEXT -> text(file, "", AllowlistFile.read(file));
        };
    }

    /** Returns the form of a file that begins so. */
    public static ListForm form(byte[] head) {
        if (isMessage(head)) {
            return ListForm.MANIFEST;
        }
        return IndexHeader.isMagic(head) ? ListForm.COMPILED : ListForm.TEXT;
    }

    /** Returns what changes when a signature may be judged otherwise. */
    public synchronized KeyringState trust() {
        SignedContentReader reader = messages.get();
        if (!lastReader.refersTo(reader)) {
            lastReader = new WeakReference<>(reader);
            readers++;
        }
        return new KeyringState(readers, reader == null ? 0 : reader.keyringGeneration());
    }

    /** Opens a compiled list. */
    public static CompiledIndex index(Path file) throws AllowlistException {
        try {
            return CompiledIndex.open(file);
        } catch (IndexException e) {
            throw new AllowlistException(file, e);
        }
    }

    private static CompiledIndex copy(Path file) throws AllowlistException {
        try {
            return CompiledIndex.copy(file);
        } catch (IndexException e) {
            throw new AllowlistException(file, e);
        }
    }

    /** Returns whether a file that begins so is a CMS message. */
    static boolean isMessage(byte[] head) {
        boolean der = head.length > 1 && head[0] == SEQUENCE && head[1] < 0;
        return der || (head.length >= PEM.length && Arrays.equals(PEM, 0, PEM.length, head, 0, PEM.length));
    }

    private ManifestDigestList manifest(Path file) throws AllowlistException {
        byte[] message = AllowlistFile.read(file);
        SignedContent content = verified(file, message);
        return new ManifestDigestList(
                text(file, signer(content), content.content().orElseThrow()), message);
    }

    /**
     * Reads the entries of a text list of any size, or of a signed manifest.
     *
     * @param head how the file begins
     * @param sink takes them in their order; may have taken some when this fails
     * @return when the list counts, and who signed it
     * @throws AllowlistException when it is neither, or its signature is not good
     */
    public AllowlistData entries(Path file, byte[] head, Consumer<AllowlistEntry> sink) throws AllowlistException {
        if (!isMessage(head)) {
            return new AllowlistData(AllowlistReader.read(file, sink), null);
        }
        SignedContent content = verified(file, AllowlistFile.read(file));
        Validity validity = AllowlistReader.parse(file, content.content().orElseThrow(), sink);
        return new AllowlistData(validity, signer(content));
    }

    private static String signer(SignedContent content) {
        return content.report().signer().map(Signer::subject).orElse("an unnamed key");
    }

    /**
     * Verifies a manifest.
     *
     * @throws AllowlistException when nobody here can, or its signature is not good
     */
    private SignedContent verified(Path file, byte[] message) throws AllowlistException {
        SignedContentReader reader = messages.get();
        if (reader == null) {
            throw AllowlistException.notYet(file, "is signed, and no verifier of signed texts is here");
        }
        SignedContent content = reader.read(message, KeyringId.USER);
        if (content.content().isEmpty()) {
            throw new AllowlistException(
                    file, content.report().verdict() + ": " + content.report().reason());
        }
        return content;
    }

    /**
     * Judges a manifest again that was good once.
     *
     * @return what counts of it now: all or, when its signature is not good any more, nothing. While nobody here can judge it, as
     *     when the bundle of the verifiers is updated, what was found before still holds
     */
    public SignedDigestList judgedAnew(SignedDigestList list) {
        SignedContentReader reader = messages.get();
        if (reader == null) {
            return list;
        }
        ManifestDigestList manifest = list.manifest();
        SignedContent content = reader.read(manifest.message(), KeyringId.USER);
        return content.content().isPresent() ? manifest : new DistrustedDigestList(manifest);
    }

    private static TextDigestList text(Path file, String signer, byte[] bytes) throws AllowlistException {
        Allowlist.Builder entries = new Allowlist.Builder();
        Validity validity = AllowlistReader.parse(file, bytes, entries);
        return new TextDigestList(file.toString(), signer, validity, entries.build());
    }
}
