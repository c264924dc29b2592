package org.bpfgate.integrity.sig.internal.file;

import java.util.Objects;

/**
 * One block of a PEM file (RFC 7468).
 *
 * @param label what stands behind BEGIN, such as {@code CERTIFICATE}
 * @param line of the BEGIN, counted from 1
 * @param hasHeaders whether header lines precede the data, which only encrypted keys of the traditional form have
 * @param content the decoded data; owned by the block
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a block lives only while its file is read.
public record PemBlock(String label, int line, boolean hasHeaders, byte[] content) {
    /** Refuses nulls. */
    public PemBlock {
        Objects.requireNonNull(label);
        Objects.requireNonNull(content);
    }
}
