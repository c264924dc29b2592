/** What the comparison with OpenSSL needs: an oracle, mutations of messages, and their canonical form. */
@NullMarked
package org.bpfgate.integrity.sig.differential;

import org.jspecify.annotations.NullMarked;
