package org.bpfgate.integrity.hash.internal;

import java.util.Optional;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/** One list in use, of whatever form. Immutable; safe for use by several threads. */
interface ProgramList {
    /** Returns the file, and what vouches for it, for people. */
    String label();

    /** Returns when the list counts. */
    Validity validity();

    /** Returns what the list says about a listed digest and where, for people; empty when the digest is not listed. */
    Optional<String> find(ProgramDigest digest);

    /**
     * Returns the same about the first entry of this type and name. Names are compared as a kernel would keep them, cut after
     * 15 bytes. An entry that tells no type is not found.
     */
    Optional<String> find(String name, ProgramType type);
}
