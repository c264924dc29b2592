/**
 * The properties of files, as mainline Linux has them.
 *
 * <p>Imports {@code event} and {@code property} of this bundle.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.property.file;

import org.jspecify.annotations.NullMarked;
