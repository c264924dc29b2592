/**
 * {@code security/security.c}: the entry points, and which calls may begin.
 *
 * <p>Imports of this bundle: {@code call}, {@code candidate}, {@code log}, {@code registry}, {@code settings} and {@code stack}.
 */
@NullMarked
package org.bpfgate.framework.internal.dispatch;

import org.jspecify.annotations.NullMarked;
