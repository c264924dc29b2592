package org.bpfgate.integrity.hash.internal.reload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.Signer;

/** Messages that look like CMS to whoever looks at their first bytes: two bytes, one for the signer, and the content. */
final class ToySigner implements SignedContentReader {
    private final Set<Byte> trusted = new HashSet<>();
    private long generation;

    /** Makes a message of what a signer says. */
    static byte[] message(char signer, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[text.length + 3];
        message[0] = 0x30;
        message[1] = (byte) 0x82;
        message[2] = (byte) signer;
        System.arraycopy(text, 0, message, 3, text.length);
        return message;
    }

    /** Replaces the keyring. */
    void trust(char... signers) {
        trusted.clear();
        for (char signer : signers) {
            trusted.add((byte) signer);
        }
        generation++;
    }

    @Override
    public SignedContent read(byte[] message, int keyringId) {
        if (!trusted.contains(message[2])) {
            return SignedContent.refused(
                    IntegrityReport.of(IntegrityVerdict.BADSIG, "the signer is not in the keyring"));
        }
        Signer signer = new Signer("0".repeat(64), "CN=" + (char) message[2]);
        return SignedContent.accepted(
                IntegrityReport.of(IntegrityVerdict.OK, "good").withSigner(signer, "SHA-256"),
                Arrays.copyOfRange(message, 3, message.length));
    }

    @Override
    public long keyringGeneration() {
        return generation;
    }
}
