package org.bpfgate.policy.ipe.internal.event;

import org.bpfgate.integrity.IntegrityReport;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel of the dialect {@link Dialect#OPS9} finds about the signature of a load, {@code enum bpf_sig_verdict} of that
 * series; the names are the words of the language. A signature that is neither is refused before a policy is asked.
 */
public enum LoaderVerdict {
    /** The load carries no signature. */
    UNSIGNED,
    /** The signature is good and covers the instructions. */
    OK,
    /** The signature is good and covers the instructions and the maps that they were made for. */
    METADATA_VERIFIED;

    /** The contract of the verifier {@code native} for signatures that cover the maps too. */
    private static final String METADATA = "metadata";

    /** Returns what the kernel would find where the verifier {@code native} makes a report; null when it would refuse the load. */
    static @Nullable LoaderVerdict of(IntegrityReport report) {
        return switch (report.verdict()) {
            case UNSIGNED -> UNSIGNED;
            case OK -> report.contract().filter(METADATA::equals).isPresent() ? METADATA_VERIFIED : OK;
            default -> null;
        };
    }
}
