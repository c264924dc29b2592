package org.bpfgate.integrity;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came out of reading a signed text. Immutable. */
public final class SignedContent {
    private final IntegrityReport report;
    private final byte @Nullable [] content;
    private final @Nullable Refusal refusal;

    private SignedContent(IntegrityReport report, byte @Nullable [] content, @Nullable Refusal refusal) {
        this.report = report;
        this.content = content;
        this.refusal = refusal;
    }

    /** The cases of {@code verify_pkcs7_signature()} that one verdict, BADSIG, does not tell apart. */
    public enum Refusal {
        /** Not a message with attached content: {@code EBADMSG}. */
        MALFORMED,

        /** The keyring does not have the signer, or there is no such keyring: {@code ENOKEY}. */
        NO_KEY,

        /** The signature is wrong, or a key or certificate behind it is refused: {@code EKEYREJECTED}. */
        REJECTED
    }

    /**
     * A message whose signature is good and whose signer is trusted.
     *
     * @param report a report of {@link IntegrityVerdict#OK}
     * @param content the bytes that were signed; copied
     * @throws IllegalArgumentException for a report of another verdict
     */
    public static SignedContent accepted(IntegrityReport report, byte[] content) {
        if (report.verdict() != IntegrityVerdict.OK) {
            throw new IllegalArgumentException("content is given out for OK only, not for " + report.verdict());
        }
        return new SignedContent(report, content.clone(), null);
    }

    /**
     * A message that is not to be believed, for want of a keyring ({@link IntegrityVerdict#UNKNOWNKEY}) or for its signature.
     *
     * @param report a report of any verdict but {@link IntegrityVerdict#OK}
     * @throws IllegalArgumentException for a report of OK
     */
    public static SignedContent refused(IntegrityReport report) {
        return refused(report, report.verdict() == IntegrityVerdict.UNKNOWNKEY ? Refusal.NO_KEY : Refusal.REJECTED);
    }

    /**
     * A message that is not to be believed, with the case.
     *
     * @param report a report of any verdict but {@link IntegrityVerdict#OK}
     * @param refusal which case it is
     * @throws IllegalArgumentException for a report of OK
     */
    public static SignedContent refused(IntegrityReport report, Refusal refusal) {
        if (report.verdict() == IntegrityVerdict.OK) {
            throw new IllegalArgumentException("what is OK has content");
        }
        return new SignedContent(report, null, Objects.requireNonNull(refusal));
    }

    /** Returns the verdict, the reason and, for OK, the signer. */
    public IntegrityReport report() {
        return report;
    }

    /** Returns a copy of the bytes that were signed; empty unless the verdict is OK. */
    public Optional<byte[]> content() {
        return Optional.ofNullable(content).map(byte[]::clone);
    }

    /** Returns why the message is not believed; empty when the verdict is OK. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
