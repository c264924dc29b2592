package org.bpfgate.signing.internal.contract;

import org.bpfgate.integrity.ContentSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningRequest;
import org.bpfgate.signing.internal.key.SignerKey;
import org.bpfgate.signing.internal.message.SignerName;

/**
 * Signs texts by the contract {@code manifest}: the message carries the text, in the form that the kernel's IPE takes its
 * policies in, without attributes. Safe for use by several threads.
 */
public final class ManifestSigner implements ContentSigner {
    /** The name of the contract. */
    public static final String CONTRACT = "manifest";

    /** What the kernel's BER decoder takes: its lengths have two bytes. */
    private static final int MAX_MESSAGE = 0xffff;

    @Override
    public byte[] sign(SigningRequest request, byte[] content) throws SigningException {
        SignerKey key = Signing.key(request.identity());
        Signing.requireClassical(key, CONTRACT);
        byte[] message =
                Signing.message(request, key, SignerName.ISSUER_AND_SERIAL).carrying(content);
        if (message.length > MAX_MESSAGE) {
            throw new SigningException(
                    "the signed text has " + message.length + " bytes, and the kernel's decoder takes " + MAX_MESSAGE);
        }
        return message;
    }
}
