/**
 * The entry of the command line: the tree of verbs, how it runs, and the pages that are made from it.
 *
 * <p>Imports of this bundle: {@code allowlist}, {@code candidate}, {@code check}, {@code context}, {@code control}, {@code doctor},
 * {@code io}, {@code lsm}, {@code operate}, {@code pages}, {@code policy}, {@code report}, {@code run}, {@code shell}
 * and {@code sign}.
 */
@NullMarked
package org.bpfgate.command.internal;

import org.jspecify.annotations.NullMarked;
