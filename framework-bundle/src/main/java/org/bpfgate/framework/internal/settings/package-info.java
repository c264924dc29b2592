/**
 * The settings of the stack, from framework properties and Configuration Admin.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.framework.internal.settings;

import org.jspecify.annotations.NullMarked;
