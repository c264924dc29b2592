package org.bpfgate.integrity;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One verifier's report on one program: the verdict that policy reads, and beside it what people need to understand it.
 * Immutable.
 */
public final class IntegrityReport {
    /** The code of a load that carries no signature. */
    private static final String NO_SIGNATURE = "no-signature";

    private final IntegrityVerdict verdict;
    private final String reason;
    private final Details details;

    private IntegrityReport(IntegrityVerdict verdict, String reason, Details details) {
        this.verdict = Objects.requireNonNull(verdict);
        this.reason = Objects.requireNonNull(reason);
        this.details = details;
    }

    /** What a verifier may add. */
    private record Details(
            @Nullable String code,
            @Nullable String contract,
            List<Signer> signers,
            @Nullable String digestAlgorithm,
            @Nullable Coverage coverage,
            boolean isCached) {
        static final Details NONE = new Details(null, null, List.of(), null, null, false);
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
        return new IntegrityReport(verdict, reason, Details.NONE);
    }

    /**
     * The same report with a word for its reason that programs can rely on.
     *
     * @param word lower-case letters, digits and hyphens, such as {@code digest-mismatch}; of one verifier it means the same
     *     in every version
     */
    public IntegrityReport withCode(String word) {
        Details d = details;
        return with(new Details(
                Objects.requireNonNull(word), d.contract, d.signers, d.digestAlgorithm, d.coverage, d.isCached));
    }

    /**
     * The same report with the signing contract that the message was read by.
     *
     * @param name such as {@code hornet} or {@code manifest}
     */
    public IntegrityReport withContract(String name) {
        Details d = details;
        return with(new Details(
                d.code, Objects.requireNonNull(name), d.signers, d.digestAlgorithm, d.coverage, d.isCached));
    }

    /**
     * The same report with the one signer whose key verified the signature.
     *
     * @param who the signer
     * @param digest the name of the digest algorithm that was signed with, such as {@code SHA-256}
     */
    public IntegrityReport withSigner(Signer who, String digest) {
        return withSigners(List.of(who), digest);
    }

    /**
     * The same report with all trusted signers whose keys verified a signature of the message.
     *
     * @param all the signers, the one whose statement counts first; not empty
     * @param digest the name of the digest algorithm that the first of them signed with, such as {@code SHA-256}
     * @throws IllegalArgumentException when there are none
     */
    public IntegrityReport withSigners(List<Signer> all, String digest) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a report without signers says nothing about them");
        }
        Details d = details;
        return with(new Details(
                d.code, d.contract, List.copyOf(all), Objects.requireNonNull(digest), d.coverage, d.isCached));
    }

    /** The same report with what the signature vouches for. */
    public IntegrityReport withCoverage(Coverage covered) {
        Details d = details;
        return with(new Details(
                d.code, d.contract, d.signers, d.digestAlgorithm, Objects.requireNonNull(covered), d.isCached));
    }

    /** The same report with other words for its reason, from somebody who knows more, such as which file the signature is in. */
    public IntegrityReport withReason(String words) {
        return new IntegrityReport(verdict, words, details);
    }

    /** The same report, marked as one that was made for an earlier, equal load under the same keyrings. */
    public IntegrityReport asCached() {
        Details d = details;
        return with(new Details(d.code, d.contract, d.signers, d.digestAlgorithm, d.coverage, true));
    }

    private IntegrityReport with(Details other) {
        return new IntegrityReport(verdict, reason, other);
    }

    /** Returns the verdict. */
    public IntegrityVerdict verdict() {
        return verdict;
    }

    /** Returns why. */
    public String reason() {
        return reason;
    }

    /**
     * Returns whether this says something against the program.
     *
     * <ul>
     *   <li>{@code OK}: no.
     *   <li>{@code UNSIGNED}: when there is a code for it and that is not {@code no-signature}; such as an entry of a list that has the
     *       digest and does not count.
     *   <li>Every other verdict: yes.
     * </ul>
     */
    public boolean isObjection() {
        return switch (verdict) {
            case OK, NONE -> false;
            case UNSIGNED -> details.code != null && !details.code.equals(NO_SIGNATURE);
            default -> true;
        };
    }

    /** Returns the stable word for the reason, if the verifier has one. */
    public Optional<String> code() {
        return Optional.ofNullable(details.code);
    }

    /** Returns the signing contract, if the message was understood as one. */
    public Optional<String> contract() {
        return Optional.ofNullable(details.contract);
    }

    /** Returns the trusted signer whose statement counts, the first of {@link #signers()}, if there is one. */
    public Optional<Signer> signer() {
        return details.signers.stream().findFirst();
    }

    /** Returns all trusted signers whose keys verified a signature, each once; none when no signature is good. */
    public List<Signer> signers() {
        return details.signers;
    }

    /** Returns the name of the digest algorithm that {@link #signer()} used, if there is one. */
    public Optional<String> digestAlgorithm() {
        return Optional.ofNullable(details.digestAlgorithm);
    }

    /** Returns what the signature vouches for, if it is good. */
    public Optional<Coverage> coverage() {
        return Optional.ofNullable(details.coverage);
    }

    /** Returns {@link Coverage#areMapsImmutable()}; true too when nothing is said about what is covered. */
    public boolean areMapsImmutable() {
        return details.coverage == null || details.coverage.areMapsImmutable();
    }

    /** Returns whether this was found out for an earlier load that was equal in all that counts. */
    public boolean isCached() {
        return details.isCached;
    }

    @Override
    public String toString() {
        return verdict + " (" + (details.code == null ? "" : details.code + ": ") + reason + ")";
    }
}
