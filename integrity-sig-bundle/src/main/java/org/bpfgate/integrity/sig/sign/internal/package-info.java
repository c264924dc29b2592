/**
 * Makes signatures: key files, and the CMS message that each contract asks for.
 *
 * <p>For the activator of this bundle. The decision path never imports it.
 */
@NullMarked
package org.bpfgate.integrity.sig.sign.internal;

import org.jspecify.annotations.NullMarked;
