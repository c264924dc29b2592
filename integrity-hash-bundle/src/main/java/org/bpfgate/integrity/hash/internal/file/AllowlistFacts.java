package org.bpfgate.integrity.hash.internal.file;

import org.bpfgate.integrity.hash.internal.list.Validity;
import org.jspecify.annotations.Nullable;

/**
 * What a list says of itself, beside its entries.
 *
 * @param validity when it counts
 * @param signer the subject of the certificate that it is signed with; null for a list that is not signed
 */
public record AllowlistFacts(Validity validity, @Nullable String signer) {}
