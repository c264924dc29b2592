package org.bpfgate.policy.ipe.internal.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.internal.event.Keyring;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.parser.Statement;
import org.bpfgate.policy.ipe.internal.property.AnyOf;
import org.bpfgate.policy.ipe.internal.property.BpfIntegrity;
import org.bpfgate.policy.ipe.internal.property.BpfKeyring;
import org.bpfgate.policy.ipe.internal.property.BpfSignature;
import org.bpfgate.policy.ipe.internal.property.BpfSigner;
import org.bpfgate.policy.ipe.internal.property.BpfSigners;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.search.Atom;
import org.bpfgate.policy.ipe.internal.search.OpConstraints;
import org.bpfgate.policy.ipe.internal.search.Region;
import org.bpfgate.policy.ipe.internal.text.Token;
import org.bpfgate.policy.ipe.internal.text.Word;
import org.bpfgate.policy.ipe.internal.vocabulary.KeyedProperty;
import org.bpfgate.policy.ipe.internal.vocabulary.PropertyKey;

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
        List<Region> possible = List.of(new Region(op));
        for (Token<Property> condition : rule.conditions()) {
            if (valuesOf(condition.value()).stream().allMatch(value -> neverHolds(op, value))) {
                return Optional.of(
                        warning(condition.word(), Kind.CONTRADICTION, condition.value() + " never holds for op=" + op));
            }
            possible = narrowed(possible, condition.value());
            if (possible.isEmpty()) {
                return Optional.of(warning(
                        condition.word(),
                        Kind.CONTRADICTION,
                        condition.value() + " never holds together with the conditions before it"));
            }
        }
        return Optional.empty();
    }

    private static List<Property> valuesOf(Property property) {
        return property instanceof AnyOf set ? set.members() : List.of(property);
    }

    private static boolean neverHolds(Op op, Property property) {
        return Atom.allOf(property).stream().anyMatch(atom -> OpConstraints.excludes(op, atom));
    }

    private static List<Region> narrowed(List<Region> regions, Property property) {
        List<Region> narrowed = new ArrayList<>();
        for (Region region : regions) {
            for (Property value : valuesOf(property)) {
                Region copy = region.copy();
                if (copy.requireAll(Atom.allOf(value))) {
                    narrowed.add(copy);
                }
            }
        }
        return narrowed;
    }

    private static Optional<PolicyWarning> unsetKeyring(Statement.Conditional rule) {
        Word builtin = null;
        for (Token<Property> condition : rule.conditions()) {
            if (demandsSignature(condition.value())) {
                return Optional.empty();
            }
            if (valuesOf(condition.value()).contains(new BpfKeyring(Keyring.BUILTIN))) {
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
            case AnyOf set -> set.members().stream().allMatch(ConditionChecks::demandsSignature);
            case BpfSigner signer -> true;
            case KeyedProperty one -> one.key() == PropertyKey.BPF_SIGNER_CA;
            case BpfSigners number -> true;
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
