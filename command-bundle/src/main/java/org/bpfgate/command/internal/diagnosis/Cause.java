package org.bpfgate.command.internal.diagnosis;

import java.util.Locale;

/** Why a call of bpf(2) failed. The words are for programs; none changes its meaning. */
public enum Cause {
    /** The client has not the capability that the call needs. */
    CAPABILITY,
    /** The client is in another user namespace than the one in which capabilities count for bpf(2). */
    USER_NAMESPACE,
    /** The BPF token that the client brought does not permit the call. */
    TOKEN,
    /** The kernel is locked down and withholds a helper. */
    LOCKDOWN,
    /** A security module of the kernel refuses the call. */
    LSM,
    /** The verifier refuses the program. */
    VERIFIER,
    /** The licence of the program is not compatible with the GPL, and a function that it calls needs that. */
    LICENSE,
    /** The kernel is older than what is asked for, or was built without it. */
    OLD_KERNEL,
    /** The client's {@code bpf_attr} has a part that this kernel does not know. */
    UNKNOWN_ATTRIBUTE,
    /** More locked memory is needed than the limit allows. */
    MEMLOCK,
    /** The kernel has not enough memory, or the process may not take it. */
    MEMORY,
    /** What the call names is not there. */
    NOT_FOUND,
    /** The call itself is wrong: a number, a descriptor or a pointer. */
    BAD_REQUEST,
    /** The loader asks whether the kernel has a feature; the refusal is its answer. */
    FEATURE_PROBE,
    /** bpfgate itself refuses the call, which the kernel without it might take. */
    GATE,
    /** More than one cause is left, or none that is known: the explanation says what is known. */
    UNKNOWN;

    /** Returns the word for reports. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
