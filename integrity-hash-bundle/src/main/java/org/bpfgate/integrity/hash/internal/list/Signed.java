package org.bpfgate.integrity.hash.internal.list;

/** A list that counts for as long as its signature is good. */
public sealed interface Signed extends ProgramList permits ManifestList, DistrustedList {
    /** Returns what was signed. */
    ManifestList manifest();
}
