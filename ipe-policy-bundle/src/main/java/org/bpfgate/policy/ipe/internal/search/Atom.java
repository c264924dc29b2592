package org.bpfgate.policy.ipe.internal.search;

import java.util.List;
import org.bpfgate.policy.ipe.internal.event.LoaderVerdict;
import org.bpfgate.policy.ipe.internal.property.BpfHelper;
import org.bpfgate.policy.ipe.internal.property.BpfInsnMax;
import org.bpfgate.policy.ipe.internal.property.BpfIntegrity;
import org.bpfgate.policy.ipe.internal.property.BpfKfunc;
import org.bpfgate.policy.ipe.internal.property.BpfMapType;
import org.bpfgate.policy.ipe.internal.property.BpfSignature;
import org.bpfgate.policy.ipe.internal.property.BpfSigner;
import org.bpfgate.policy.ipe.internal.property.BpfSigners;
import org.bpfgate.policy.ipe.internal.property.LoaderKeyring;
import org.bpfgate.policy.ipe.internal.property.LoaderSignature;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.property.Until;
import org.bpfgate.policy.ipe.internal.vocabulary.KeyedProperty;
import org.bpfgate.policy.ipe.internal.vocabulary.PropertyKey;

/**
 * A condition as one value of one thing: of all atoms about a thing, an event meets at most one. What can be so together, such
 * as calls of two helpers or signatures of two signers, are things of their own that are {@code TRUE} or {@code FALSE}.
 *
 * @param variable the thing: the key of a property, and behind a {@code =} which of several such things
 * @param value as the language writes it; not empty
 */
public record Atom(String variable, String value) {
    public static final String TRUE = "TRUE";
    public static final String FALSE = "FALSE";
    public static final String VERDICT = "bpf_integrity=";
    static final String SIGNER = "bpf_signer=";
    static final String AUTHORITY = "bpf_signer_ca=";
    static final String SIGNERS = "bpf_signers=";
    static final String INSTRUCTIONS = "bpf_insn_max=";
    static final String UNTIL = "until=";
    public static final String HORNET = VERDICT + "hornet";
    public static final String NATIVE = VERDICT + "native";

    /** Whether a good signature of the verifier {@code native} covers the maps too. */
    static final String METADATA = "bpf_metadata";

    private static final String KERNEL = "bpf_kernel";
    private static final String CLIENT = "bpf_client_";

    /** Who the kernel is not: whatever is known about a process that asks implies it. */
    static final Atom NOT_BY_KERNEL = new Atom(KERNEL, FALSE);

    /** Returns the atoms of a property that is no set; it holds when all of them are met. */
    public static List<Atom> allOf(Property property) {
        return switch (property) {
            case BpfSignature read -> List.of(new Atom(HORNET, read.verdict().name()));
            case BpfIntegrity read ->
                List.of(new Atom(
                        VERDICT + read.verifier().name(), read.verdict().name()));
            case LoaderSignature read -> ofLoader(read.verdict());
            case LoaderKeyring read ->
                List.of(
                        new Atom(NATIVE, "OK"),
                        new Atom("bpf_keyring", read.keyring().name()));
            case BpfSigner read -> List.of(new Atom(SIGNER + read.certificate(), TRUE));
            case KeyedProperty read -> List.of(ofKeyed(read));
            case BpfSigners read -> List.of(new Atom(SIGNERS + read.number(), TRUE));
            case BpfInsnMax read -> List.of(new Atom(INSTRUCTIONS + read.most(), TRUE));
            case Until read -> List.of(new Atom(UNTIL + read.end(), TRUE));
            case BpfHelper read -> List.of(new Atom("bpf_helper=" + read.name(), truth(read.called())));
            case BpfKfunc read -> List.of(new Atom("bpf_kfunc=" + read.name(), truth(read.called())));
            case BpfMapType read ->
                List.of(new Atom("bpf_map_type=" + read.type().label(), truth(read.used())));
            default -> List.of(ofWord(property.toString()));
        };
    }

    /** An event may have several authorities, so each is a thing of its own. */
    private static Atom ofKeyed(KeyedProperty read) {
        return read.key() == PropertyKey.BPF_SIGNER_CA ? new Atom(read.toString(), TRUE) : ofWord(read.toString());
    }

    private static Atom ofWord(String word) {
        int sign = word.indexOf('=');
        return new Atom(word.substring(0, sign), word.substring(sign + 1));
    }

    private static List<Atom> ofLoader(LoaderVerdict verdict) {
        return verdict == LoaderVerdict.UNSIGNED
                ? List.of(new Atom(NATIVE, verdict.name()))
                : List.of(
                        new Atom(NATIVE, "OK"), new Atom(METADATA, truth(verdict == LoaderVerdict.METADATA_VERIFIED)));
    }

    private static String truth(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Returns whether a thing is about the process that asks, which there is none of when the kernel itself asks. */
    static boolean isAboutClient(String variable) {
        return variable.startsWith(CLIENT);
    }

    /** Returns whether a thing says that somebody signed, when it is {@code TRUE}. */
    static boolean isAboutSigners(String variable) {
        return variable.startsWith(SIGNER) || variable.startsWith(AUTHORITY) || variable.startsWith(SIGNERS);
    }

    /** Returns whether a thing is a bound: whether it is met follows from others of its kind. */
    static boolean isBound(String variable) {
        return variable.startsWith(SIGNERS) || variable.startsWith(INSTRUCTIONS) || variable.startsWith(UNTIL);
    }

    /** Returns the word of the language; what has none, such as that a signer did not sign, begins with {@code not}. */
    public String word() {
        if (variable.equals(METADATA)) {
            return value.equals(TRUE) ? "the signature covers the maps" : "the signature does not cover the maps";
        }
        if (variable.equals(HORNET)) {
            return "bpf_signature=" + value;
        }
        if (variable.startsWith(VERDICT)) {
            return variable + ":" + value;
        }
        if (variable.startsWith("bpf_helper=")
                || variable.startsWith("bpf_kfunc=")
                || variable.startsWith("bpf_map_type=")) {
            return value.equals(TRUE) ? variable : variable.replace("=", "=!");
        }
        if (variable.indexOf('=') > 0) {
            return value.equals(TRUE) ? variable : "not " + variable;
        }
        return variable + "=" + value;
    }
}
