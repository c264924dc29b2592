/**
 * Files that users name: read with a bound, and taken out of their PEM wrapping. Every fault becomes one line for the
 * user.
 *
 * <p>For the other packages of this bundle. Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.file;

import org.jspecify.annotations.NullMarked;
