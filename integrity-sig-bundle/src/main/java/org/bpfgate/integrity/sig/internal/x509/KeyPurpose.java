package org.bpfgate.integrity.sig.internal.x509;

import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;

/**
 * What a certificate says its key is for, by the extensions keyUsage and extKeyUsage (RFC 5280, 4.2.1.3 and 4.2.1.12). Without an
 * extension everything is allowed; a malformed one allows nothing.
 *
 * <p>The kernel reads keyUsage into {@code KEY_EFLAG_DIGITALSIG} and {@code KEY_EFLAG_KEYCERTSIGN}, and asks for them only when a key
 * is put into a restricted keyring, never when a message is verified. It does not read extKeyUsage.
 *
 * @param signsCode whether it may sign programs and texts
 * @param signsCertificates whether it may sign other certificates
 */
public record KeyPurpose(boolean signsCode, boolean signsCertificates) {
    /** The purpose of a key without extensions. */
    static final KeyPurpose ANY = new KeyPurpose(true, true);

    /** Bit 0 of the first byte: digitalSignature. */
    private static final int DIGITAL_SIGNATURE = 0x80;

    /** Bit 5 of the first byte: keyCertSign. */
    private static final int CERTIFICATE_SIGNING = 0x04;

    /** id-kp-codeSigning, 1.3.6.1.5.5.7.3.3. */
    private static final Oid CODE_SIGNING = Oid.of("2b06010505070303");

    /** anyExtendedKeyUsage, 2.5.29.37.0. */
    private static final Oid ANY_PURPOSE = Oid.of("551d2500");

    /** Returns this purpose as far as a keyUsage extension leaves it. */
    KeyPurpose limitedByUsage(Element value) {
        int bits = usage(value);
        return new KeyPurpose(
                signsCode && (bits & DIGITAL_SIGNATURE) != 0, signsCertificates && (bits & CERTIFICATE_SIGNING) != 0);
    }

    /** Returns this purpose as far as an extKeyUsage extension leaves it; issuers are not judged by it. */
    KeyPurpose limitedByExtendedUsage(Element value) {
        return new KeyPurpose(signsCode && namesCodeSigning(value), signsCertificates);
    }

    /** The first byte of the BIT STRING behind the count of unused bits; 0 for a malformed one. */
    private static int usage(Element value) {
        try {
            BerReader content = value.children();
            Element bits = content.next(Tag.BIT_STRING, "the key usage");
            content.end("the key usage");
            return bits.length() < 2 ? 0 : bits.byteAt(1);
        } catch (BerException e) {
            return 0;
        }
    }

    private static boolean namesCodeSigning(Element value) {
        try {
            BerReader purposes = value.children()
                    .next(Tag.SEQUENCE, "the extended key usage")
                    .children();
            boolean found = false;
            while (purposes.hasNext()) {
                Oid purpose = Oid.of(purposes.next(Tag.OBJECT_IDENTIFIER, "a purpose"));
                found |= purpose.equals(CODE_SIGNING) || purpose.equals(ANY_PURPOSE);
            }
            return found;
        } catch (BerException e) {
            return false;
        }
    }
}
