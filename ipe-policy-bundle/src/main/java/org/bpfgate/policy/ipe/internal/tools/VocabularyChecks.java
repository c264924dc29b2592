package org.bpfgate.policy.ipe.internal.tools;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.internal.bpf.FunctionNames;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.bpfgate.policy.ipe.internal.parser.Statement;
import org.bpfgate.policy.ipe.internal.policy.Action;
import org.bpfgate.policy.ipe.internal.property.AnyOf;
import org.bpfgate.policy.ipe.internal.property.BpfIntegrity;
import org.bpfgate.policy.ipe.internal.property.BpfKfunc;
import org.bpfgate.policy.ipe.internal.property.BpfSigner;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.property.Until;
import org.bpfgate.policy.ipe.internal.text.Suggestion;
import org.bpfgate.policy.ipe.internal.text.Token;
import org.bpfgate.policy.ipe.internal.text.Word;
import org.bpfgate.policy.ipe.internal.vocabulary.KeyedProperty;
import org.bpfgate.policy.ipe.internal.vocabulary.UnitType;
import org.bpfgate.program.ProgramDigest;
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

    /** The SHA-256 of nothing (FIPS 180-4). */
    private static final String EMPTY_FILE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** As many digits as {@code 0123456789abcdef} has, the longest sequence that is typed over and over. */
    private static final int LONGEST_PATTERN = 16;

    /** The digits of SHA-1, the shortest digest in use. */
    private static final int SHORTEST_DIGEST = 40;

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
            case Until one -> time(rule, word, one);
            case BpfSigner one -> placeholder(word, one.certificate().hex(), "no certificate has this fingerprint");
            case KeyedProperty one -> check(word, one);
            default -> {
                // What is read from a closed list of words was checked when it was read.
            }
        }
    }

    private void check(Word word, KeyedProperty one) {
        switch (one.key()) {
            case BPF_CLIENT_UNIT -> unit(word, one);
            case DMVERITY_ROOTHASH -> sealed(word, (FileDigest) one.wanted(), "no volume has this root hash");
            case FSVERITY_DIGEST -> sealed(word, (FileDigest) one.wanted(), "no file has this digest");
            case BPF_SIGNER_CA -> placeholder(word, (String) one.wanted(), "no certificate has this fingerprint");
            case BPF_DIGEST -> placeholder(word, ((ProgramDigest) one.wanted()).hex(), "no program has this digest");
            case BPF_CLIENT_EXE -> executable(word, (String) one.wanted());
            default -> {
                // What is read from a closed list of words was checked when it was read.
            }
        }
    }

    private void verifier(Word word, BpfIntegrity one) {
        String name = one.verifier().name();
        Set<IntegrityVerdict> reported = REPORTED.get(name);
        if (reported == null) {
            String near = Suggestion.of(name, "hornet", "native", "allowlist");
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
        String near = Suggestion.of(one.name(), functions.kfuncs());
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

    private void unit(Word word, KeyedProperty one) {
        String unit = one.value();
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

    private void sealed(Word word, FileDigest digest, String meaning) {
        algorithm(word, digest);
        placeholder(word, digest.hex(), meaning);
    }

    private void algorithm(Word word, FileDigest digest) {
        Integer digits = DIGITS.get(digest.algorithm());
        if (digits == null) {
            String near = Suggestion.of(digest.algorithm(), DIGITS.keySet().toArray(String[]::new));
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

    /** An executable is never empty. */
    private void executable(Word word, String hex) {
        if (hex.equals(EMPTY_FILE)) {
            warn(word, Kind.PLACEHOLDER, "this is the SHA-256 of an empty file, and no executable is empty");
        } else {
            placeholder(word, hex, "no file has this digest");
        }
    }

    /**
     * Examples have one digit or a few of them over and over in the place of a digest. A real digest of 160 bits or more that
     * repeats its first 16 digits has a chance of less than 1 in 2 to the power of 90.
     */
    private void placeholder(Word word, String hex, String meaning) {
        if (hex.length() >= SHORTEST_DIGEST && isRepeated(hex)) {
            warn(word, Kind.PLACEHOLDER, "the digits are a placeholder: " + meaning);
        }
    }

    private static boolean isRepeated(String hex) {
        for (int length = 1; length <= LONGEST_PATTERN; length++) {
            if (hex.startsWith(hex.substring(length))) {
                return true;
            }
        }
        return false;
    }

    private static String meant(@Nullable String near) {
        return near == null ? "" : "; did you mean \"" + near + "\"?";
    }

    private void warn(Word word, Kind kind, String message) {
        found.add(new PolicyWarning(kind, word.line(), word.column(), message));
    }
}
