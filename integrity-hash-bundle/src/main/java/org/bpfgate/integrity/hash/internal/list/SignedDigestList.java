package org.bpfgate.integrity.hash.internal.list;

/** A list that counts for as long as its signature is good. */
public sealed interface SignedDigestList extends DigestList permits ManifestDigestList, DistrustedDigestList {
    /** Returns what was signed. */
    ManifestDigestList manifest();
}
