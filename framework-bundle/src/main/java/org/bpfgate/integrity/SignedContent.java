package org.bpfgate.integrity;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came out of reading a signed text. Immutable. */
public final class SignedContent {
    private final IntegrityReport report;
    private final byte @Nullable [] content;

    private SignedContent(IntegrityReport report, byte @Nullable [] content) {
        this.report = report;
        this.content = content;
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
        return new SignedContent(report, content.clone());
    }

    /**
     * A message that is not to be believed.
     *
     * @param report a report of any verdict but {@link IntegrityVerdict#OK}
     * @throws IllegalArgumentException for a report of OK
     */
    public static SignedContent refused(IntegrityReport report) {
        if (report.verdict() == IntegrityVerdict.OK) {
            throw new IllegalArgumentException("what is OK has content");
        }
        return new SignedContent(Objects.requireNonNull(report), null);
    }

    /** Returns the verdict, the reason and, for OK, the signer. */
    public IntegrityReport report() {
        return report;
    }

    /** Returns a copy of the bytes that were signed; empty unless the verdict is OK. */
    public Optional<byte[]> content() {
        return Optional.ofNullable(content).map(byte[]::clone);
    }
}
