package org.bpfgate.allowlist;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes the differences of two lists, in the order of the digests. */
@ConsumerType
public interface DifferenceVisitor {
    /** Takes what only the second list has. */
    void added(ListedKind kind);

    /** Takes what only the first list has. */
    void removed(ListedKind kind);
}
