package org.bpfgate.integrity.sig.internal.sign;

import org.bpfgate.integrity.ContentSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;

/**
 * Signs texts by the contract {@code manifest}: the message carries the text, in the form that the kernel's IPE takes its
 * policies in, without attributes. Safe for use by several threads.
 */
public final class ManifestSigner implements ContentSigner {
    /** The name of the contract. */
    public static final String CONTRACT = "manifest";

    @Override
    public byte[] sign(SigningIdentity identity, byte[] content) throws SigningException {
        return Signing.sign(identity, key -> {
            Signing.requireClassical(key, CONTRACT);
            byte[] message = new CmsMessage(key, SignerIdentifier.ISSUER_AND_SERIAL).carrying(content);
            if (message.length > BerReader.MAX_SIZE) {
                throw new SigningException("the signed text has " + message.length
                        + " bytes, and the kernel's decoder takes " + BerReader.MAX_SIZE);
            }
            return message;
        });
    }
}
