package org.bpfgate.kernel.internal.probe;

import org.bpfgate.program.AttachTarget;

/** Where a probe's program may be made to run. */
enum TargetRule {
    /** Nowhere in particular. */
    NONE,

    /** A function of the kernel or of a module, whichever; a loader that finds no function leaves the number 0. */
    BTF,

    /** A function of a program that is loaded. */
    PROGRAM;

    boolean matches(AttachTarget target) {
        AttachTarget.Kind kind =
                target.object().map(AttachTarget.KernelObject::kind).orElse(AttachTarget.Kind.BTF);
        return switch (this) {
            case NONE -> !target.isNamed();
            case BTF -> kind == AttachTarget.Kind.BTF;
            case PROGRAM -> kind == AttachTarget.Kind.PROGRAM && target.btfId() != 0;
        };
    }
}
