/**
 * Manual pages, made from the tree of verbs when the distribution is built.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.command.internal.pages;

import org.jspecify.annotations.NullMarked;
