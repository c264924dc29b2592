package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.Objects;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.form.SignatureForm;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a message came to: the kernel's error number, and a reason for programs and for people.
 *
 * @param errno null when the check passed
 * @param code the word for the reason
 * @param reason one line; empty when the check passed
 */
public record Outcome(@Nullable Errno errno, ReasonCode code, String reason) {
    /** The check passed. */
    public static final Outcome PASSED = new Outcome(null, ReasonCode.VERIFIED, "");

    /** A check that did not pass. */
    public static Outcome failed(Errno errno, ReasonCode code, String reason) {
        return new Outcome(Objects.requireNonNull(errno), code, reason);
    }

    /**
     * The signature of a program that the parser does not take.
     *
     * @param bytes the signature; when they have a form that signatures are kept in, the reason names it instead of the fault
     */
    public static Outcome unparsable(BerException fault, byte[] bytes) {
        return unparsable(fault, SignatureForm.ofProgram(bytes));
    }

    /** A signed text that the parser does not take; otherwise as {@link #unparsable(BerException, byte[])}. */
    public static Outcome unparsableText(BerException fault, byte[] bytes) {
        return unparsable(fault, SignatureForm.ofText(bytes));
    }

    private static Outcome unparsable(BerException fault, @Nullable String form) {
        String reason = "the signature is not a PKCS#7 message that the kernel accepts: "
                + (form == null ? fault.what() : form);
        return switch (fault.kind()) {
            case MALFORMED -> failed(Errno.EBADMSG, ReasonCode.MALFORMED_MESSAGE, reason);
            case INVALID -> failed(Errno.EINVAL, ReasonCode.MALFORMED_MESSAGE, reason);
            case UNSUPPORTED -> failed(Errno.ENOPKG, ReasonCode.UNSUPPORTED_ALGORITHM, reason);
            case REJECTED -> failed(Errno.EKEYREJECTED, ReasonCode.MALFORMED_MESSAGE, reason);
        };
    }

    /** Returns whether the check passed. */
    public boolean isPassed() {
        return errno == null;
    }
}
