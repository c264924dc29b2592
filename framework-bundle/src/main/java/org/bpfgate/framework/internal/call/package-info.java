/**
 * One call through a generation: callbacks, reports and its end, and who waits for calls or ends them.
 *
 * <p>Imports of this bundle: {@code log}, {@code settings} and {@code stack}.
 */
@NullMarked
package org.bpfgate.framework.internal.call;

import org.jspecify.annotations.NullMarked;
