package org.bpfgate.integrity.sig.internal.form;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Recognises what a file is that was handed in as a signature and is no CMS message in DER, so that the refusal names it. It
 * decides nothing: the message is refused by its reader before this class is asked. Safe for use by several threads.
 */
public final class SignatureForm {
    /** Makes the signature of a program. */
    private static final String OF_PROGRAM = "bpfgate sign --key KEY --cert CERT PROGRAM";

    /** Makes the signed form of a text. */
    private static final String OF_TEXT = "bpfgate sign --contract manifest --key KEY --cert CERT TEXT";

    /** {@code MODULE_SIG_STRING} of {@code include/linux/module_signature.h}. */
    private static final byte[] MODULE_MAGIC = "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);

    /** No signature is shorter (ECDSA with P-256); short words are base64 too. */
    private static final int SHORTEST = 64;

    /** Enough for the name of the first header. */
    private static final int HEAD = 64;

    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final String PEM_DASHES = "-----";
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    /** Sizes of bare RSA signatures: moduli of 1024 to 4096 bits. */
    private static final int[] RSA_SIZES = {128, 256, 384, 512};

    /** The head of an object identifier of PKCS #7, 1.2.840.113549.1.7. */
    private static final byte[] PKCS7 = {
        Tag.OBJECT_IDENTIFIER, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 7
    };

    private final byte[] bytes;
    private final String sign;

    private SignatureForm(byte[] bytes, String sign) {
        this.bytes = bytes;
        this.sign = sign;
    }

    /**
     * Says what was handed in as the signature of a program.
     *
     * @param bytes no readable message
     * @return what it is, and the command that makes a signature of it, in which SIGNATURE, PROGRAM, KEY and CERT stand for the
     *     user's files; null for bytes of no known form
     */
    public static @Nullable String ofProgram(byte[] bytes) {
        return new SignatureForm(bytes, OF_PROGRAM).describe();
    }

    /** Says what was handed in as a signed text. PEM is no fault there, and its reader names others in it; otherwise as {@link #ofProgram}. */
    public static @Nullable String ofText(byte[] bytes) {
        return new SignatureForm(bytes, OF_TEXT).describe();
    }

    private @Nullable String describe() {
        if (endsWith(bytes, MODULE_MAGIC)) {
            return "this is a file with an appended module signature, and the message is needed alone, without the file before it."
                    + " Make it with scripts/sign-file -d sha256 KEY CERT PROGRAM, which writes PROGRAM.p7s";
        }
        if (startsWith(bytes, ELF_MAGIC)) {
            return no("an ELF file");
        }
        String binary = ofBinary(bytes);
        return binary == null ? ofText() : binary;
    }

    private String no(String what) {
        return "this is " + what + " and no signature. Make one with " + sign;
    }

    private String other(String what) {
        return "this is " + what + ", and a CMS message in DER is needed. Make it with " + sign;
    }

    private static String convert(String what, String command) {
        return "this is " + what + ", and DER is needed. Convert it with " + command;
    }

    private @Nullable String ofBinary(byte[] der) {
        try {
            BerReader outer = new BerReader(der);
            if (outer.isNext(Tag.SEQUENCE)) {
                return ofSequence(outer.next(Tag.SEQUENCE, "").children());
            }
        } catch (BerException e) {
            // Neither certificate nor key. One RSA signature of 256 begins with the tag of a SEQUENCE, as a damaged
            // message does.
            if (isMessage(der)) {
                return null;
            }
        }
        return isText(der) || Arrays.stream(RSA_SIZES).noneMatch(size -> size == der.length) ? null : bare();
    }

    /** Looks for an object identifier of PKCS #7 behind the tag and the length of the outer SEQUENCE, at most six bytes. */
    private static boolean isMessage(byte[] der) {
        return IntStream.rangeClosed(2, 6)
                .anyMatch(at -> der.length >= at + PKCS7.length
                        && Arrays.equals(der, at, at + PKCS7.length, PKCS7, 0, PKCS7.length));
    }

    /** A message begins with an object identifier; certificates, keys and bare ECDSA signatures do not. */
    private @Nullable String ofSequence(BerReader children) throws BerException {
        if (children.isNext(Tag.SEQUENCE)) {
            return no("an X.509 certificate");
        }
        if (!children.isNext(Tag.INTEGER)) {
            return null;
        }
        children.next(Tag.INTEGER, "");
        if (children.isNext(Tag.INTEGER)) {
            children.next(Tag.INTEGER, "");
            return children.hasNext() ? key() : bare();
        }
        return key();
    }

    private String key() {
        return no("a private key");
    }

    private String bare() {
        return other("the form of a bare signature, as openssl dgst -sign makes it, which does not name its signer");
    }

    private @Nullable String ofText() {
        if (isSmime()) {
            return convert("S/MIME", "openssl cms -cmsout -inform SMIME -in SIGNATURE -outform DER -out SIGNATURE.der")
                    + " (it is of use only when it was made with -binary)";
        }
        if (!isText(bytes)) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.US_ASCII).strip();
        int begin = text.indexOf(PEM_BEGIN);
        if (begin >= 0) {
            int end = text.indexOf(PEM_DASHES, begin + PEM_BEGIN.length());
            return end < 0 ? null : ofPem(text.substring(begin + PEM_BEGIN.length(), end));
        }
        return text.startsWith("{") ? other("JSON, such as a Sigstore bundle") : ofBase64(text);
    }

    /** Only its head is text: the program that was signed may stand in it as it is. */
    private boolean isSmime() {
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.US_ASCII)
                .strip()
                .toLowerCase(Locale.ROOT);
        return head.startsWith("mime-version:") || head.startsWith("content-type:");
    }

    private @Nullable String ofPem(String label) {
        if (sign.equals(OF_TEXT)) {
            return null;
        }
        if (label.contains("CERTIFICATE")) {
            return no("a certificate in PEM");
        }
        if (label.contains("KEY")) {
            return no("a key in PEM");
        }
        boolean isMessage = label.equals("CMS") || label.startsWith("PKCS7") || label.startsWith("PKCS #7");
        return isMessage
                ? convert("PEM", "openssl cms -cmsout -inform PEM -in SIGNATURE -outform DER -out SIGNATURE.der")
                : other("a " + printable(label) + " in PEM");
    }

    private @Nullable String ofBase64(String text) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (decoded.length < SHORTEST) {
            return null;
        }
        return new BerReader(decoded).isNext(Tag.SEQUENCE) && ofBinary(decoded) == null
                ? convert("base64 text", "base64 -d SIGNATURE > SIGNATURE.der")
                : other(
                        "base64 text of something that is no CMS message, such as a bare signature of openssl dgst -sign");
    }

    /** A label comes out of a file that may be hostile, and ends up on terminals. */
    private static String printable(String label) {
        String safe = label.replaceAll("[^A-Za-z0-9 #_-]", "?");
        return safe.length() > 40 ? safe.substring(0, 40) : safe;
    }

    private static boolean isText(byte[] bytes) {
        for (byte each : bytes) {
            if (each < ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return bytes.length > 0;
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static boolean endsWith(byte[] bytes, byte[] end) {
        int from = bytes.length - end.length;
        return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
    }
}
