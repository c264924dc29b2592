/**
 * The verb {@code status}.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.serve.internal.status;

import org.jspecify.annotations.NullMarked;
