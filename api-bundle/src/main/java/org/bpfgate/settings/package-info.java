/**
 * How bundles take settings and bring their modules into the stack. Settings are read leniently in form and strictly in content,
 * and a module that is in the stack is ready.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports {@code org.bpfgate.hook} only, and needs no
 * Configuration Admin.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
