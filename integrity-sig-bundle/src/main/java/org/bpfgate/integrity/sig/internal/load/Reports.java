package org.bpfgate.integrity.sig.internal.load;

import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.pkcs7.Outcome;
import org.bpfgate.integrity.sig.internal.pkcs7.ReasonCode;
import org.bpfgate.program.Instructions;
import org.jspecify.annotations.Nullable;

/** Makes the reports that all verifiers of loads make alike. */
public final class Reports {
    private Reports() {}

    /** A report with the word for its reason. */
    public static IntegrityReport of(IntegrityVerdict verdict, ReasonCode code, String reason) {
        return IntegrityReport.of(verdict, reason).withCode(code.text());
    }

    /** A bad signature. */
    public static IntegrityReport bad(ReasonCode code, String reason) {
        return of(IntegrityVerdict.BADSIG, code, reason);
    }

    /** The end of a reason that tells of signed maps which can still be written to; empty when there are none. */
    public static String mutableMaps(int count) {
        return count == 0
                ? ""
                : "; programs can still write to " + (count == 1 ? "1 map" : count + " maps") + " of them";
    }

    /** A load without a signature. */
    public static IntegrityReport unsigned() {
        return of(IntegrityVerdict.UNSIGNED, ReasonCode.NO_SIGNATURE, "the load carries no signature");
    }

    /** A load that asks for a keyring that does not exist. */
    public static IntegrityReport unknownKeyring(int id) {
        return of(IntegrityVerdict.UNKNOWNKEY, ReasonCode.UNKNOWN_KEYRING, "there is no keyring or key with id " + id);
    }

    /** A file from which the instructions are not known as they will be loaded. */
    public static IntegrityReport unknownInstructions(Instructions instructions) {
        return bad(
                ReasonCode.INSTRUCTIONS_UNKNOWN,
                "a signature covers the instructions as loaded, which are not known offline: "
                        + instructions.pendingReason());
    }

    /** The outcome for a program that is revoked by its digest; null for another. */
    public static @Nullable Outcome revoked(Instructions instructions, Trust trust) {
        return trust.keyrings().revocations().isRevoked(instructions, trust.now())
                ? Outcome.failed(Errno.EKEYREJECTED, ReasonCode.REVOKED_CONTENT, "the program is revoked by its digest")
                : null;
    }
}
