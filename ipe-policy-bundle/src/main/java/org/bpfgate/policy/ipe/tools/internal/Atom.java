package org.bpfgate.policy.ipe.tools.internal;

import org.bpfgate.policy.ipe.eval.internal.BpfHelper;
import org.bpfgate.policy.ipe.eval.internal.BpfIntegrity;
import org.bpfgate.policy.ipe.eval.internal.BpfKfunc;
import org.bpfgate.policy.ipe.eval.internal.BpfSignature;
import org.bpfgate.policy.ipe.eval.internal.BpfSigner;
import org.bpfgate.policy.ipe.eval.internal.Property;

/**
 * A condition as one value of one thing: of all atoms about a thing, an event meets at most one. What can be so together, such
 * as calls of two helpers or signatures of two signers, are things of their own that are {@code TRUE} or {@code FALSE}.
 *
 * @param variable the thing: the key of a property, and behind a {@code =} which of several such things
 * @param value as the language writes it; not empty
 */
record Atom(String variable, String value) {
    static final String TRUE = "TRUE";
    static final String FALSE = "FALSE";
    static final String VERDICT = "bpf_integrity=";
    static final String SIGNER = "bpf_signer=";
    static final String HELPER = "bpf_helper=";
    static final String KFUNC = "bpf_kfunc=";
    private static final String KERNEL = "bpf_kernel";
    private static final String CLIENT = "bpf_client_";

    /** Who the kernel is not: whatever is known about a process that asks implies it. */
    static final Atom NOT_BY_KERNEL = new Atom(KERNEL, FALSE);

    private static final String HORNET = "hornet";

    /** Returns the atom of a property. */
    static Atom of(Property property) {
        String word = property.toString();
        return switch (property) {
            case BpfSignature read -> new Atom(VERDICT + HORNET, read.verdict().name());
            case BpfIntegrity read ->
                new Atom(VERDICT + read.verifier().name(), read.verdict().name());
            case BpfSigner read -> new Atom(SIGNER + read.certificate(), TRUE);
            case BpfHelper read -> new Atom(HELPER + read.name(), truth(read.called()));
            case BpfKfunc read -> new Atom(KFUNC + read.name(), truth(read.called()));
            default -> new Atom(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        };
    }

    private static String truth(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Returns whether a thing is about the process that asks, which there is none of when the kernel itself asks. */
    static boolean isAboutClient(String variable) {
        return variable.startsWith(CLIENT);
    }

    /** Returns the word of the language; what has none, that a signer did not sign, begins with {@code not}. */
    String word() {
        if (variable.equals(VERDICT + HORNET)) {
            return "bpf_signature=" + value;
        }
        if (variable.startsWith(VERDICT)) {
            return variable + ":" + value;
        }
        if (variable.startsWith(SIGNER)) {
            return value.equals(TRUE) ? variable : "not " + variable;
        }
        if (variable.startsWith(HELPER) || variable.startsWith(KFUNC)) {
            return value.equals(TRUE) ? variable : variable.replace("=", "=!");
        }
        return variable + "=" + value;
    }
}
