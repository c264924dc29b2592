package org.bpfgate.integrity.hash.index.internal;

import java.util.function.Predicate;

/** Tells, of sorted records in their order, which have the digest of the one before under another name. For one cursor. */
final class DigestRepetition implements Predicate<byte[]> {
    private final byte[] digest = new byte[IndexRecord.SIZE];
    private boolean begun;

    @Override
    public boolean test(byte[] record) {
        if (begun && IndexRecord.hasSameDigest(record, digest)) {
            return true;
        }
        System.arraycopy(record, 0, digest, 0, IndexRecord.DIGEST);
        begun = true;
        return false;
    }
}
