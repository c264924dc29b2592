/**
 * The stack of modules as callers and operators see it: the entry points, the decisions, the modules that made them, and how they are
 * replaced. What a module implements is in {@code org.bpfgate.hook}.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports {@code org.bpfgate.hook},
 * {@code org.bpfgate.integrity}, {@code org.bpfgate.program} and {@code org.bpfgate.settings} only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.stack;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
