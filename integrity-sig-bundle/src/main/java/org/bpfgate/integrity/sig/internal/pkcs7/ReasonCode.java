package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.Locale;

/** The words for reasons in reports. They are persisted: none changes its meaning. */
public enum ReasonCode {
    /** The signature is good, by all rules of the contract. */
    VERIFIED,
    /** The load carries no signature. */
    NO_SIGNATURE,
    /** There is a signature of size 0. */
    EMPTY_SIGNATURE,
    /** The signature is larger than the rule allows. */
    OVERSIZE_SIGNATURE,
    /** The file does not tell the instructions as they will be loaded. */
    INSTRUCTIONS_UNKNOWN,
    /** Not a PKCS#7 message, or one that breaks the parser's rules. */
    MALFORMED_MESSAGE,
    /** The message uses an algorithm that is not supported. */
    UNSUPPORTED_ALGORITHM,
    /** Mode strict: the message is not in DER, or other bytes follow it. */
    NOT_DER,
    /** Mode strict: the algorithm or key is supported, but no longer strong enough. */
    WEAK_ALGORITHM,
    /** Mode strict: by its key usage a certificate is not for signing. */
    KEY_USAGE,
    /** The load names no keyring of this gate. */
    UNKNOWN_KEYRING,
    /** The message carries content where it must not. */
    ATTACHED_CONTENT,
    /** The message carries no content where it must. */
    NO_CONTENT,
    /** The message signs another kind of content. */
    CONTENT_TYPE,
    /** The content begins like signed attributes, which could be taken from another message of the signer. */
    ATTRIBUTES_AS_CONTENT,
    /** The content is not the one that was signed. */
    DIGEST_MISMATCH,
    /** The signature was not made with that key over these bytes. */
    SIGNATURE_MISMATCH,
    /** The claimed signing time lies outside of the validity of a certificate in the message. */
    SIGNING_TIME,
    /** A certificate in the message is not signed by its issuer. */
    BROKEN_CHAIN,
    /** The keyring has none of the signers. */
    UNTRUSTED_SIGNER,
    /** A key of the message is revoked. */
    REVOKED_KEY,
    /** The program, or text, is revoked by its digest. */
    REVOKED_CONTENT,
    /** Mode strict: a certificate is not valid at this time. */
    EXPIRED_CERTIFICATE,
    /** The signature says nothing about maps. */
    NO_MAP_ATTRIBUTE,
    /** The signed attribute about maps breaks its schema. */
    MALFORMED_MAP_ATTRIBUTE,
    /** A signed map is not among those of the load. */
    MISSING_MAP,
    /** A map differs from what was signed. */
    CHANGED_MAP,
    /** A signed map can still be written to. */
    UNFROZEN_MAP,
    /** A signed map has no hash. */
    UNHASHABLE_MAP,
    /** A map that can be written to by other programs as well. */
    SHARED_MAP,
    /** A signed map is frozen, and programs can still write to it. */
    MUTABLE_MAP,
    /** A frozen map of the load is not signed. */
    UNCOVERED_MAP;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns the word: lower case, with hyphens. */
    public String text() {
        return text;
    }
}
