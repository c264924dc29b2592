package org.bpfgate.policy.ipe.internal.store;

import java.nio.charset.StandardCharsets;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.SignedContent.Refusal;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.Signer;
import org.bpfgate.program.KeyringId;

/** Believes messages whose first word is the keyring asked for; {@link #revoke} makes it believe none. */
final class FakeSignatures implements SignedContentReader {
    static final Signer SIGNER = new Signer("ab".repeat(32), "CN=Policy key, O=Ähre & Söhne");

    private boolean revoked;

    void revoke() {
        revoked = true;
    }

    @Override
    public SignedContent read(byte[] message, int keyringId) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int blank = text.indexOf(' ');
        String trust = text.substring(1, Math.max(1, blank));
        return switch (trust) {
            case "secondary", "platform" ->
                !revoked && keyringId == (trust.equals("platform") ? KeyringId.PLATFORM : KeyringId.SECONDARY)
                        ? accepted(text.substring(blank + 1))
                        : refused(Refusal.NO_KEY);
            case "stranger" -> refused(Refusal.NO_KEY);
            case "tampered" -> refused(Refusal.REJECTED);
            default -> refused(Refusal.MALFORMED);
        };
    }

    private static SignedContent accepted(String content) {
        return SignedContent.accepted(
                IntegrityReport.of(IntegrityVerdict.OK, "good").withSigner(SIGNER, "sha256"),
                content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static SignedContent refused(Refusal refusal) {
        return SignedContent.refused(IntegrityReport.of(IntegrityVerdict.BADSIG, "fake: " + refusal), refusal);
    }

    @Override
    public long keyringGeneration() {
        return 0;
    }
}
