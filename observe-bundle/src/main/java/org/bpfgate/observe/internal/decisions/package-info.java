/**
 * The last decisions, as the verb {@code decisions} tells them.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.observe.internal.decisions;

import org.jspecify.annotations.NullMarked;
