package org.bpfgate.policy.ipe.tools.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.eval.internal.Action;
import org.bpfgate.policy.ipe.eval.internal.AnyOf;
import org.bpfgate.policy.ipe.eval.internal.BpfClientUnit;
import org.bpfgate.policy.ipe.eval.internal.BpfIntegrity;
import org.bpfgate.policy.ipe.eval.internal.BpfKfunc;
import org.bpfgate.policy.ipe.eval.internal.BpfSigner;
import org.bpfgate.policy.ipe.eval.internal.BpfSignerCa;
import org.bpfgate.policy.ipe.eval.internal.DmverityRoothash;
import org.bpfgate.policy.ipe.eval.internal.FileDigest;
import org.bpfgate.policy.ipe.eval.internal.FsverityDigest;
import org.bpfgate.policy.ipe.eval.internal.FunctionNames;
import org.bpfgate.policy.ipe.eval.internal.Property;
import org.bpfgate.policy.ipe.eval.internal.UnitType;
import org.bpfgate.policy.ipe.eval.internal.Until;
import org.bpfgate.policy.ipe.parser.internal.NearMiss;
import org.bpfgate.policy.ipe.parser.internal.Statement;
import org.bpfgate.policy.ipe.parser.internal.Token;
import org.bpfgate.policy.ipe.parser.internal.Word;
import org.jspecify.annotations.Nullable;

/**
 * Looks for values that a policy may have and that are probably mistyped: such a condition never holds, or always, and the rule
 * decides otherwise than its author thinks.
 */
final class VocabularyChecks {
    /** What the verifiers of this gate report, see docs/verifiers.md and docs/allowlists.md. */
    private static final Map<String, Set<IntegrityVerdict>> REPORTED = Map.of(
            "hornet", EnumSet.allOf(IntegrityVerdict.class),
            "native",
                    EnumSet.of(
                            IntegrityVerdict.NONE,
                            IntegrityVerdict.OK,
                            IntegrityVerdict.UNSIGNED,
                            IntegrityVerdict.UNKNOWNKEY,
                            IntegrityVerdict.BADSIG),
            "allowlist",
                    EnumSet.of(
                            IntegrityVerdict.NONE,
                            IntegrityVerdict.OK,
                            IntegrityVerdict.UNSIGNED,
                            IntegrityVerdict.UNEXPECTED,
                            IntegrityVerdict.FAULT));

    /** Hexadecimal digits of the algorithms that dm-verity and fs-verity are used with. */
    private static final Map<String, Integer> DIGITS =
            Map.of("sha1", 40, "sha224", 56, "sha256", 64, "sha384", 96, "sha512", 128, "blake2b-512", 128, "sm3", 64);

    private final FunctionNames functions;
    private final Instant now;
    private final List<PolicyWarning> found = new ArrayList<>();

    VocabularyChecks(FunctionNames functions, Instant now) {
        this.functions = functions;
        this.now = now;
    }

    /** Returns what is suspicious about the values of a rule. */
    List<PolicyWarning> of(Statement.Conditional rule) {
        found.clear();
        for (Token<Property> condition : rule.conditions()) {
            if (condition.value() instanceof AnyOf set) {
                set.members().forEach(member -> check(rule, condition.word(), member));
            } else {
                check(rule, condition.word(), condition.value());
            }
        }
        return List.copyOf(found);
    }

    private void check(Statement.Conditional rule, Word word, Property property) {
        switch (property) {
            case BpfIntegrity one -> verifier(word, one);
            case BpfKfunc one -> function(word, one);
            case BpfClientUnit one -> unit(word, one);
            case Until one -> time(rule, word, one);
            case DmverityRoothash one -> algorithm(word, one.digest());
            case FsverityDigest one -> algorithm(word, one.digest());
            case BpfSigner one -> fingerprint(word, one.certificate().hex());
            case BpfSignerCa one -> fingerprint(word, one.certificate().hex());
            default -> {
                // What is read from a closed list of words was checked when it was read.
            }
        }
    }

    private void verifier(Word word, BpfIntegrity one) {
        String name = one.verifier().name();
        Set<IntegrityVerdict> reported = REPORTED.get(name);
        if (reported == null) {
            String near = NearMiss.of(name, "hornet", "native", "allowlist");
            warn(
                    word,
                    Kind.UNKNOWN_VERIFIER,
                    "bpfgate has no verifier " + name + ": without a module of that name " + one
                            + (one.verdict() == IntegrityVerdict.NONE ? " always holds" : " never holds")
                            + meant(near));
        } else if (!reported.contains(one.verdict())) {
            warn(
                    word,
                    Kind.NEVER_REPORTED,
                    one + " never holds: the verifier " + name + " reports " + listed(reported));
        }
    }

    private static String listed(Set<IntegrityVerdict> verdicts) {
        List<String> names = verdicts.stream()
                .filter(verdict -> verdict != IntegrityVerdict.NONE)
                .map(Enum::name)
                .toList();
        return String.join(", ", names);
    }

    private void function(Word word, BpfKfunc one) {
        if (functions.isUnknown() || functions.hasKfunc(one.name())) {
            return;
        }
        String near = NearMiss.of(one.name(), functions.kfuncs());
        warn(
                word,
                Kind.UNKNOWN_FUNCTION,
                (functions.hasFunction(one.name())
                                ? one.name() + " is a function of the running kernel that no program may call"
                                : "the running kernel has no function " + one.name())
                        + ", so " + one
                        + (one.called()
                                ? " only holds where calls cannot be told"
                                : " holds for programs without such calls too")
                        + meant(near));
    }

    private void unit(Word word, BpfClientUnit one) {
        String unit = one.unit();
        String type = unit.substring(unit.lastIndexOf('.') + 1);
        if (!UnitType.hasProcesses(type)) {
            warn(
                    word,
                    Kind.NO_PROCESS,
                    "no process belongs to a unit of the type " + type + ", so " + one + " never holds");
        } else if (unit.contains("@.")) {
            warn(
                    word,
                    Kind.NO_PROCESS,
                    "no process belongs to a template, so " + one + " never holds; name an instance, "
                            + unit.replace("@.", "@NAME."));
        }
    }

    private void time(Statement.Conditional rule, Word word, Until one) {
        boolean allows = rule.action().value() == Action.ALLOW;
        if (!now.isBefore(one.end())) {
            warn(word, Kind.EXPIRED, "the time is over, so the rule does not count any more");
        } else if (!allows) {
            warn(word, Kind.OPENS_LATER, "from then on the rule does not deny any more: what it denies may be let in");
        }
    }

    private void algorithm(Word word, FileDigest digest) {
        Integer digits = DIGITS.get(digest.algorithm());
        if (digits == null) {
            String near = NearMiss.of(digest.algorithm(), DIGITS.keySet().toArray(String[]::new));
            warn(
                    word,
                    Kind.UNKNOWN_ALGORITHM,
                    "\"" + digest.algorithm()
                            + "\" is no digest algorithm that volumes and files are sealed with, so the"
                            + " condition never holds" + meant(near));
        } else if (digits != digest.hex().length()) {
            warn(
                    word,
                    Kind.UNKNOWN_ALGORITHM,
                    "a digest by " + digest.algorithm() + " has " + digits + " digits and this one "
                            + digest.hex().length() + ", so the condition never holds");
        }
    }

    /** Sixty-four times the same digit is what examples have in place of a fingerprint. */
    private void fingerprint(Word word, String hex) {
        if (hex.chars().distinct().count() == 1) {
            warn(word, Kind.PLACEHOLDER, "the fingerprint is a placeholder: no certificate has it");
        }
    }

    private static String meant(@Nullable String near) {
        return near == null ? "" : "; did you mean \"" + near + "\"?";
    }

    private void warn(Word word, Kind kind, String message) {
        found.add(new PolicyWarning(kind, word.line(), word.column(), message));
    }
}
