package org.bpfgate.integrity.sig.internal.x509;

import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Reads the extensions that chain building looks at, and those that tell what the key is for. All others are left alone, critical
 * or not: the kernel judges neither usage nor constraints of a key that its owner put into a keyring.
 *
 * @param subjectKey identifier of the certificate's own key; null when not given
 * @param authority who signed the certificate
 * @param purpose what the key is for
 */
record CertificateExtensions(@Nullable KeyId subjectKey, AuthorityKey authority, KeyPurpose purpose) {
    private static final Oid KEY_USAGE = Oid.of("551d0f");
    private static final Oid EXTENDED_KEY_USAGE = Oid.of("551d25");
    private static final Oid SUBJECT_KEY_IDENTIFIER = Oid.of("551d0e");
    private static final Oid AUTHORITY_KEY_IDENTIFIER = Oid.of("551d23");
    private static final int DIRECTORY_NAME = 4;

    /** The extensions of a certificate that has none. */
    static final CertificateExtensions NONE = new CertificateExtensions(null, AuthorityKey.UNKNOWN, KeyPurpose.ANY);

    /**
     * Reads them.
     *
     * @param list the SEQUENCE of extensions
     */
    static CertificateExtensions read(Element list) throws BerException {
        KeyId subject = null;
        AuthorityKey authority = AuthorityKey.UNKNOWN;
        KeyPurpose purpose = KeyPurpose.ANY;
        BerReader extensions = list.children();
        while (extensions.hasNext()) {
            BerReader extension = extensions.next(Tag.SEQUENCE, "an extension").children();
            Oid type = Oid.of(extension.next(Tag.OBJECT_IDENTIFIER, "the extension's identifier"));
            extension.nextIf(Tag.BOOLEAN, "the extension's critical flag");
            Element value = extension.next(Tag.OCTET_STRING, "the extension's value");
            extension.end("the extension");
            if (type.equals(SUBJECT_KEY_IDENTIFIER)) {
                subject = subjectKey(value, subject);
            } else if (type.equals(AUTHORITY_KEY_IDENTIFIER)) {
                authority = authorityKey(value, authority);
            } else if (type.equals(KEY_USAGE)) {
                purpose = purpose.limitedByUsage(value);
            } else if (type.equals(EXTENDED_KEY_USAGE)) {
                purpose = purpose.limitedByExtendedUsage(value);
            }
        }
        return new CertificateExtensions(subject, authority, purpose);
    }

    private static KeyId subjectKey(Element value, @Nullable KeyId earlier) throws BerException {
        BerReader content = value.children();
        Element identifier = content.next(Tag.OCTET_STRING, "the subject key identifier");
        content.end("the subject key identifier");
        if (earlier != null || identifier.length() == 0) {
            throw value.fault("the subject key identifier is empty or given twice");
        }
        return KeyId.ofSubjectKey(identifier.content());
    }

    private static AuthorityKey authorityKey(Element value, AuthorityKey earlier) throws BerException {
        if (earlier.isKnown()) {
            throw value.fault("the authority key identifier is given twice");
        }
        BerReader fields = value.children()
                .next(Tag.SEQUENCE, "the authority key identifier")
                .children();
        Element key = fields.nextIf(Tag.contextPrimitive(0), "the authority's key identifier");
        Element names = fields.nextIf(Tag.context(1), "the authority's issuer");
        Element serial = fields.nextIf(Tag.contextPrimitive(2), "the authority's serial number");
        fields.end("the authority key identifier");
        byte[] issuer = names == null ? null : directoryName(names);
        KeyId certificate = issuer == null || serial == null ? null : KeyId.ofIssuerAndSerial(issuer, serial.content());
        return new AuthorityKey(certificate, key == null ? null : KeyId.ofSubjectKey(key.content()));
    }

    /** Of the general names only a directory name can be compared with an issuer. */
    private static byte @Nullable [] directoryName(Element names) throws BerException {
        BerReader choices = names.children();
        while (choices.hasNext()) {
            Element name = choices.next("a general name");
            if (name.tag() == Tag.context(DIRECTORY_NAME)) {
                return name.children().next(Tag.SEQUENCE, "a directory name").content();
            }
        }
        return null;
    }
}
