package org.bpfgate.integrity.hash.internal.file;

import org.bpfgate.integrity.hash.internal.list.Validity;
import org.jspecify.annotations.Nullable;

/**
 * The data of a list beside its entries.
 *
 * @param validity when it counts
 * @param signer the subject of the certificate that it is signed with; null for a list that is not signed
 */
public record AllowlistData(Validity validity, @Nullable String signer) {}
