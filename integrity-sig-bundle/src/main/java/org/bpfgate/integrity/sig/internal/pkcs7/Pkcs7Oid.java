package org.bpfgate.integrity.sig.internal.pkcs7;

import org.bpfgate.integrity.sig.internal.asn1.Oid;

/** The identifiers of content types and attributes: RFC 5652 and RFC 2985, and Microsoft's for Authenticode. */
public final class Pkcs7Oid {
    /** 1.2.840.113549.1.7.1. */
    public static final Oid DATA = Oid.of("2a864886f70d010701");

    /** 1.2.840.113549.1.7.2. */
    public static final Oid SIGNED_DATA = Oid.of("2a864886f70d010702");

    /** 1.2.840.113549.1.9.3. */
    public static final Oid CONTENT_TYPE = Oid.of("2a864886f70d010903");

    /** 1.2.840.113549.1.9.4. */
    public static final Oid MESSAGE_DIGEST = Oid.of("2a864886f70d010904");

    /** 1.2.840.113549.1.9.5. */
    public static final Oid SIGNING_TIME = Oid.of("2a864886f70d010905");

    /** 1.2.840.113549.1.9.15. */
    static final Oid SMIME_CAPABILITIES = Oid.of("2a864886f70d01090f");

    /** 1.3.6.1.4.1.311.2.1.4: the content of Authenticode, which the kernel parses but never accepts for BPF. */
    static final Oid MS_INDIRECT_DATA = Oid.of("2b060104018237020104");

    /** 1.3.6.1.4.1.311.2.1.11. */
    static final Oid MS_STATEMENT_TYPE = Oid.of("2b06010401823702010b");

    /** 1.3.6.1.4.1.311.2.1.12. */
    static final Oid MS_OPUS_INFO = Oid.of("2b06010401823702010c");

    private Pkcs7Oid() {}
}
