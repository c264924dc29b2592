/**
 * The compiled index: sorted digests in a file that is mapped, not read. Used by the package of the verifier beside it only;
 * imports the framework's {@code org.bpfgate.program} and the JDK.
 */
@NullMarked
package org.bpfgate.integrity.hash.index.internal;

import org.jspecify.annotations.NullMarked;
