/**
 * The audit file: records become lines on a thread of their own.
 *
 * <p>Imports of this bundle: {@code log}.
 */
@NullMarked
package org.bpfgate.framework.internal.audit;

import org.jspecify.annotations.NullMarked;
