package org.bpfgate.integrity.hash.internal;

/** A list that counts for as long as its signature is good. */
sealed interface Signed extends ProgramList permits ManifestList, DistrustedList {
    /** Returns what was signed. */
    ManifestList manifest();
}
