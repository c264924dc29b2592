package org.bpfgate.kernel.internal.probe;

import java.util.Arrays;
import org.bpfgate.program.AttachType;

/** The kernel's numbers of attach types. */
final class AttachTypes {
    private AttachTypes() {}

    static int number(AttachType type) {
        return Arrays.asList(AttachType.values()).indexOf(type);
    }
}
