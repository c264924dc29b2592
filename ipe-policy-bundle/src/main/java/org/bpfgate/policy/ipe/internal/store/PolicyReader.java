package org.bpfgate.policy.ipe.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.SignedContent.Refusal;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.program.KeyringId;
import org.jspecify.annotations.Nullable;

/** From bytes to a policy: first the signature, then the text, {@code ipe_new_policy()}. Safe for use by several threads. */
public final class PolicyReader {
    /**
     * The largest policy in bytes: room for 100,000 rules with three digests each. It is eight times what a kernel commonly
     * copies in one contiguous allocation ({@code KMALLOC_MAX_SIZE} with pages of 4 KiB), and so could load.
     */
    public static final int MAX_SIZE = 32 << 20;

    /** The first byte of a DER message, a SEQUENCE; no policy text begins with this character, {@code 0}. */
    private static final int SEQUENCE = 0x30;

    private static final byte[] PEM = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<@Nullable SignedContentReader> signatures;
    private final @Nullable Dialect dialect;

    /**
     * Makes a reader.
     *
     * @param signatures gives the service that verifies; null when there is none at the moment
     * @param dialect the vocabulary of all policies; null to let each name its own
     */
    public PolicyReader(Supplier<@Nullable SignedContentReader> signatures, @Nullable Dialect dialect) {
        this.signatures = signatures;
        this.dialect = dialect;
    }

    /**
     * Reads a policy.
     *
     * @param bytes a signed message, or plain text
     * @param unsigned whether plain text will do
     * @throws PolicyException as {@link org.bpfgate.policy.PolicyAdmin#load} says about the bytes, the signature and the text
     */
    ReadPolicy read(byte[] bytes, boolean unsigned) throws PolicyException {
        if (bytes.length > MAX_SIZE) {
            throw new PolicyException(Errno.ENOMEM, "larger than 32 MiB");
        }
        String digest = Sha256.of(bytes);
        if (isMessage(bytes)) {
            SignedContent content = verify(bytes);
            Signer signer = content.report().signer().orElseThrow();
            return new ReadPolicy(parse(content.content().orElseThrow()), digest, signer);
        }
        if (!unsigned) {
            throw new PolicyException(
                    Errno.EBADMSG, "not a signed message, and policies without a signature are not allowed here");
        }
        return new ReadPolicy(parse(bytes), digest, null);
    }

    /** Returns whether a file is a signed message and no text. */
    public static boolean isMessage(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == SEQUENCE || isPem(bytes));
    }

    /**
     * Returns the text of a policy.
     *
     * @param bytes a signed message, which is verified, or plain text
     * @throws PolicyException as {@link org.bpfgate.policy.PolicyAdmin#load} says about the message
     */
    public byte[] text(byte[] bytes) throws PolicyException {
        return isMessage(bytes) ? verify(bytes).content().orElseThrow() : bytes.clone();
    }

    private static boolean isPem(byte[] bytes) {
        return bytes.length > PEM.length && Arrays.equals(bytes, 0, PEM.length, PEM, 0, PEM.length);
    }

    /**
     * In the kernel's order: the secondary keyring, which has the builtin keys too, and then the platform's. A wrong signature
     * of a key that the first one knows stays EKEYREJECTED, though the platform does not know the key at all.
     */
    private SignedContent verify(byte[] message) throws PolicyException {
        SignedContentReader reader = signatures.get();
        if (reader == null) {
            throw new PolicyException(Errno.ENOPKG, "no verifier of signed texts is running");
        }
        SignedContent secondary = reader.read(message, KeyringId.SECONDARY);
        Refusal refusal = secondary.refusal().orElse(null);
        if (refusal == null) {
            return secondary;
        }
        SignedContent platform = refusal == Refusal.MALFORMED ? secondary : reader.read(message, KeyringId.PLATFORM);
        Refusal second = platform.refusal().orElse(null);
        if (second == null) {
            return platform;
        }
        throw second == Refusal.REJECTED
                ? refused(second, platform.report().reason())
                : refused(refusal, secondary.report().reason());
    }

    private static PolicyException refused(Refusal refusal, String reason) {
        return switch (refusal) {
            case MALFORMED -> new PolicyException(Errno.EBADMSG, reason);
            case REJECTED -> new PolicyException(Errno.EKEYREJECTED, reason);
            case NO_KEY ->
                new PolicyException(Errno.ENOKEY, reason + "; policies need a key of builtin, secondary or platform");
        };
    }

    private Policy parse(byte[] text) throws PolicyException {
        try {
            return dialect == null ? PolicyParser.parse(text) : PolicyParser.parse(text, dialect);
        } catch (PolicySyntaxException e) {
            throw new PolicyException(e.errno(), e.line(), e.column(), String.valueOf(e.getMessage()));
        }
    }
}
