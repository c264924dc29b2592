/**
 * Manual pages and shell completion, made from the tree of commands when the distribution is built.
 *
 * <p>The verbs of this bundle import this package. It imports picocli, and never the verbs.
 */
@NullMarked
package org.bpfgate.command.pages.internal;

import org.jspecify.annotations.NullMarked;
