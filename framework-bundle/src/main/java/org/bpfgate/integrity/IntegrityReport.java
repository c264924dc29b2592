package org.bpfgate.integrity;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One verifier's report on one program: the verdict that policy reads, and beside it what people need to understand it.
 * Immutable.
 */
public final class IntegrityReport {
    private final IntegrityVerdict verdict;
    private final String reason;
    private final @Nullable String contract;
    private final @Nullable Signer signer;

    private IntegrityReport(
            IntegrityVerdict verdict, String reason, @Nullable String contract, @Nullable Signer signer) {
        this.verdict = Objects.requireNonNull(verdict);
        this.reason = Objects.requireNonNull(reason);
        this.contract = contract;
        this.signer = signer;
    }

    /**
     * Makes a report.
     *
     * @param verdict the verdict
     * @param reason why, in words that need no other context
     * @throws IllegalArgumentException for {@link IntegrityVerdict#NONE}, which means that nobody reported
     */
    public static IntegrityReport of(IntegrityVerdict verdict, String reason) {
        if (verdict == IntegrityVerdict.NONE) {
            throw new IllegalArgumentException("NONE is the absence of a report, not a report");
        }
        return new IntegrityReport(verdict, reason, null, null);
    }

    /**
     * The same report with the signing contract that the message was read by.
     *
     * @param name such as {@code hornet} or {@code manifest}
     */
    public IntegrityReport withContract(String name) {
        return new IntegrityReport(verdict, reason, name, signer);
    }

    /** The same report with the signer whose key verified the signature. */
    public IntegrityReport withSigner(Signer who) {
        return new IntegrityReport(verdict, reason, contract, who);
    }

    /** Returns the verdict. */
    public IntegrityVerdict verdict() {
        return verdict;
    }

    /** Returns why. */
    public String reason() {
        return reason;
    }

    /** Returns the signing contract, if the message was understood as one. */
    public Optional<String> contract() {
        return Optional.ofNullable(contract);
    }

    /** Returns the trusted signer, if there is one. */
    public Optional<Signer> signer() {
        return Optional.ofNullable(signer);
    }

    @Override
    public String toString() {
        return verdict + " (" + reason + ")";
    }
}
