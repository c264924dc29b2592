package org.bpfgate.policy.ipe.internal.search;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.bpfgate.policy.ipe.internal.bpf.Licenses;
import org.jspecify.annotations.Nullable;

/**
 * What follows about one thing from others, so that no event is spoken of that cannot be.
 *
 * <ul>
 *   <li>Bounds of one kind: a program of at most 10 instructions has at most 20; two signers are at least one.
 *   <li>Who signed: a load that the verifiers {@code hornet} or {@code native} call unsigned has no signer, and both of them
 *       call it so or neither, because they look at the same field of the load.
 *   <li>A signature that covers the maps is a good one.
 *   <li>A licence is compatible with the GPL or not.
 * </ul>
 */
final class Implications {
    private static final String UNSIGNED = "UNSIGNED";
    private static final String LICENSE = "bpf_license";
    private static final String COMPATIBLE = "bpf_gpl_compatible";
    private static final Set<String> SAYS_NOTHING = Set.of("NONE", UNSIGNED);

    private Implications() {}

    /** Returns the value that a thing has when others have certain values; null when it may differ. */
    static @Nullable String value(String variable, Map<String, String> fixed) {
        if (Atom.isAboutSigners(variable) && isUnsigned(fixed)) {
            return Atom.FALSE;
        }
        if (Atom.isBound(variable)) {
            return ofBound(variable, fixed);
        }
        if (variable.startsWith(Atom.SIGNER) || variable.startsWith(Atom.AUTHORITY)) {
            return maySign(variable, fixed) ? null : Atom.FALSE;
        }
        if (variable.equals(COMPATIBLE)) {
            String license = fixed.get(LICENSE);
            return license == null ? null : compatible(license);
        }
        if (variable.equals(Atom.NATIVE)) {
            return isTrue(fixed.get(Atom.METADATA)) ? "OK" : null;
        }
        String checked = fixed.get(Atom.NATIVE);
        return variable.equals(Atom.METADATA) && checked != null && !checked.equals("OK") ? Atom.FALSE : null;
    }

    /** Returns whether a value is impossible when others have certain values. */
    static boolean exclude(Atom atom, Map<String, String> fixed) {
        if (atom.variable().equals(Atom.NATIVE) && !atom.value().equals("OK") && isTrue(fixed.get(Atom.METADATA))) {
            return true;
        }
        if (atom.variable().equals(LICENSE)) {
            String wanted = fixed.get(COMPATIBLE);
            return wanted != null && !wanted.equals(compatible(atom.value()));
        }
        String other = otherVerdict(atom.variable(), fixed);
        boolean unsigned = atom.value().equals(UNSIGNED);
        if (other != null && (unsigned ? !SAYS_NOTHING.contains(other) : isUnsigned(other, atom.value()))) {
            return true;
        }
        return unsigned && isVerdictOnSignature(atom.variable()) && isSigned(fixed);
    }

    private static String compatible(String license) {
        return Licenses.isGplCompatible(license.replace('_', ' ')) ? Atom.TRUE : Atom.FALSE;
    }

    private static boolean isUnsigned(String other, String value) {
        return other.equals(UNSIGNED) && !SAYS_NOTHING.contains(value);
    }

    private static boolean isVerdictOnSignature(String variable) {
        return variable.equals(Atom.HORNET) || variable.equals(Atom.NATIVE);
    }

    private static @Nullable String otherVerdict(String variable, Map<String, String> fixed) {
        return isVerdictOnSignature(variable)
                ? fixed.get(variable.equals(Atom.HORNET) ? Atom.NATIVE : Atom.HORNET)
                : null;
    }

    private static boolean isUnsigned(Map<String, String> fixed) {
        return UNSIGNED.equals(fixed.get(Atom.HORNET)) || UNSIGNED.equals(fixed.get(Atom.NATIVE));
    }

    private static boolean isSigned(Map<String, String> fixed) {
        for (Map.Entry<String, String> entry : fixed.entrySet()) {
            if (isTrue(entry.getValue()) && Atom.isAboutSigners(entry.getKey())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTrue(@Nullable String value) {
        return Atom.TRUE.equals(value);
    }

    /** Whether one more may sign, where it is known that fewer than some number did. */
    private static boolean maySign(String variable, Map<String, String> fixed) {
        int already = signers(fixed);
        boolean isCounted = variable.startsWith(Atom.SIGNER);
        for (Map.Entry<String, String> entry : fixed.entrySet()) {
            if (entry.getKey().startsWith(Atom.SIGNERS) && !isTrue(entry.getValue())) {
                long fewerThan = number(entry.getKey());
                if (isCounted ? already + 1 >= fewerThan : fewerThan <= 1) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int signers(Map<String, String> fixed) {
        int count = 0;
        for (Map.Entry<String, String> entry : fixed.entrySet()) {
            count += entry.getKey().startsWith(Atom.SIGNER) && isTrue(entry.getValue()) ? 1 : 0;
        }
        return count;
    }

    private static @Nullable String ofBound(String variable, Map<String, String> fixed) {
        boolean atLeast = variable.startsWith(Atom.SIGNERS);
        if (atLeast && leastSigners(fixed) >= number(variable)) {
            return Atom.TRUE;
        }
        String kind = variable.substring(0, variable.indexOf('=') + 1);
        long bound = number(variable);
        for (Map.Entry<String, String> entry : fixed.entrySet()) {
            if (entry.getKey().startsWith(kind)) {
                long other = number(entry.getKey());
                boolean met = isTrue(entry.getValue());
                if (met == atLeast ? other >= bound : other <= bound) {
                    return met ? Atom.TRUE : Atom.FALSE;
                }
            }
        }
        return null;
    }

    /** An authority has issued the certificate of some signer. */
    private static int leastSigners(Map<String, String> fixed) {
        int named = signers(fixed);
        boolean someone = fixed.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith(Atom.AUTHORITY) && isTrue(entry.getValue()));
        return named == 0 && someone ? 1 : named;
    }

    private static long number(String variable) {
        String value = variable.substring(variable.indexOf('=') + 1);
        return variable.startsWith(Atom.UNTIL) ? Instant.parse(value).getEpochSecond() : Long.parseLong(value);
    }
}
