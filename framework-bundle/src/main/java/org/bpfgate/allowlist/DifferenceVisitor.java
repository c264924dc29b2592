package org.bpfgate.allowlist;

import org.bpfgate.program.ProgramDigest;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes the differences of two lists, in the order of the digests. */
@ConsumerType
public interface DifferenceVisitor {
    /** Takes a digest that only the second list has. */
    void added(ProgramDigest digest);

    /** Takes a digest that only the first list has. */
    void removed(ProgramDigest digest);
}
