package org.bpfgate.policy.ipe.tools.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.eval.internal.BpfIntegrity;
import org.bpfgate.policy.ipe.eval.internal.BpfKeyring;
import org.bpfgate.policy.ipe.eval.internal.BpfSignature;
import org.bpfgate.policy.ipe.eval.internal.BpfSigner;
import org.bpfgate.policy.ipe.eval.internal.Keyring;
import org.bpfgate.policy.ipe.eval.internal.Op;
import org.bpfgate.policy.ipe.eval.internal.Property;
import org.bpfgate.policy.ipe.parser.internal.Statement;
import org.bpfgate.policy.ipe.parser.internal.Token;
import org.bpfgate.policy.ipe.parser.internal.Word;

/** Looks at the words of single rules. */
final class ConditionChecks {
    private ConditionChecks() {}

    /** Returns what is suspicious about the words of a rule. */
    static List<PolicyWarning> of(Statement.Conditional rule) {
        List<PolicyWarning> found = new ArrayList<>();
        contradiction(rule).ifPresent(found::add);
        unsetKeyring(rule).ifPresent(found::add);
        return found;
    }

    private static Optional<PolicyWarning> contradiction(Statement.Conditional rule) {
        Op op = rule.op().value();
        Region region = new Region(op);
        for (Token<Property> condition : rule.conditions()) {
            Atom atom = Atom.of(condition.value());
            if (GivenByOp.excludes(op, atom)) {
                return Optional.of(
                        warning(condition.word(), Kind.CONTRADICTION, condition.value() + " never holds for op=" + op));
            }
            if (!region.require(atom)) {
                return Optional.of(warning(
                        condition.word(),
                        Kind.CONTRADICTION,
                        condition.value() + " never holds together with the conditions before it"));
            }
        }
        return Optional.empty();
    }

    private static Optional<PolicyWarning> unsetKeyring(Statement.Conditional rule) {
        Word builtin = null;
        for (Token<Property> condition : rule.conditions()) {
            if (demandsSignature(condition.value())) {
                return Optional.empty();
            }
            if (condition.value() instanceof BpfKeyring one && one.keyring() == Keyring.BUILTIN) {
                builtin = condition.word();
            }
        }
        return builtin == null || rule.op().value() != Op.BPF_PROG_LOAD
                ? Optional.empty()
                : Optional.of(warning(
                        builtin,
                        Kind.KEYRING_UNSET,
                        "bpf_keyring=BUILTIN also holds for loads that name no keyring, signed or not; bpf_signature=OK"
                                + " beside it demands a signature"));
    }

    /** A list of digests has nothing to do with keyrings, so what is good to it may be unsigned. */
    private static boolean demandsSignature(Property property) {
        return switch (property) {
            case BpfSigner signer -> true;
            case BpfSignature read -> isOfSignature(read.verdict());
            case BpfIntegrity read ->
                isOfSignature(read.verdict()) && !read.verifier().name().equals("allowlist");
            default -> false;
        };
    }

    private static boolean isOfSignature(IntegrityVerdict verdict) {
        return verdict != IntegrityVerdict.NONE && verdict != IntegrityVerdict.UNSIGNED;
    }

    private static PolicyWarning warning(Word word, Kind kind, String message) {
        return new PolicyWarning(kind, word.line(), word.column(), message);
    }
}
