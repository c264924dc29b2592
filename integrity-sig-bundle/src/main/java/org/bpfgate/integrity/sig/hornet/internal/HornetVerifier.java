package org.bpfgate.integrity.sig.hornet.internal;

import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.bpfgate.integrity.sig.keyring.internal.Keyring;
import org.bpfgate.integrity.sig.keyring.internal.Keyrings;
import org.bpfgate.integrity.sig.pkcs7.internal.Content;
import org.bpfgate.integrity.sig.pkcs7.internal.MessageVerification;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedAttributes;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedMessage;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedMessageReader;
import org.bpfgate.integrity.sig.pkcs7.internal.TrustedSigner;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.RelocationState;
import org.jspecify.annotations.Nullable;

/**
 * Finds the verdict on one load, in the kernel's order: parse, then look the keyring up, then verify, then read the
 * attribute. So junk in an unknown keyring is a bad signature, not an unknown key.
 */
public final class HornetVerifier {
    /** The signing contract whose attribute this verifier reads. */
    public static final String CONTRACT = "hornet";

    private final Keyrings keyrings;

    /** A verifier that trusts these keyrings. */
    public HornetVerifier(Keyrings keyrings) {
        this.keyrings = keyrings;
    }

    /**
     * Verifies.
     *
     * @return UNSIGNED without a signature; OK for a good one with the Hornet attribute, whether or not the attribute names
     *     maps; PARTIALSIG for a good one without; UNKNOWNKEY when the load asks for a keyring that does not exist; BADSIG
     *     for everything else, an untrusted signer included
     */
    public IntegrityReport verify(ProgramLoad load) {
        byte[] signature = load.signature().orElse(null);
        if (signature == null) {
            return IntegrityReport.of(IntegrityVerdict.UNSIGNED, "the load carries no signature");
        }
        if (signature.length == 0) {
            return bad("the signature has size 0");
        }
        Instructions instructions = load.program().instructions();
        if (instructions.state() != RelocationState.COMPLETE) {
            return bad("a signature covers the instructions as loaded, which are not known offline: "
                    + instructions.pendingReason());
        }
        return parse(signature, load);
    }

    private IntegrityReport parse(byte[] signature, ProgramLoad load) {
        try {
            return inKeyring(SignedMessageReader.read(signature), load);
        } catch (BerException e) {
            return bad("the signature is not a PKCS#7 message that the kernel accepts: " + e.what());
        }
    }

    private IntegrityReport inKeyring(SignedMessage message, ProgramLoad load) {
        Keyring keyring = keyrings.find(load.keyringId());
        if (keyring == null) {
            return IntegrityReport.of(
                    IntegrityVerdict.UNKNOWNKEY, "there is no keyring or key with id " + load.keyringId());
        }
        Content content = Content.of(load.program().instructions(), List.of());
        MessageVerification result = MessageVerification.detached(message, content, keyring, keyrings.blacklist());
        return result.outcome().isPassed()
                ? readAttribute(result)
                : bad(result.outcome().reason());
    }

    /** The attribute of the first trusted signer that has one counts. */
    private static IntegrityReport readAttribute(MessageVerification result) {
        for (TrustedSigner signer : result.trusted()) {
            byte[] value = attribute(signer);
            if (value != null) {
                return complete(value, signer);
            }
        }
        return IntegrityReport.of(
                        IntegrityVerdict.PARTIALSIG,
                        "signature good; covers the instructions, and says nothing about maps (no Hornet attribute)")
                .withSigner(result.trusted().get(0).certificate().asSigner());
    }

    private static byte @Nullable [] attribute(TrustedSigner signer) {
        SignedAttributes attributes = signer.info().attributes();
        return attributes == null ? null : attributes.last(SignedMaps.TYPE);
    }

    private static IntegrityReport complete(byte[] value, TrustedSigner signer) {
        try {
            SignedMaps maps = SignedMaps.read(value);
            return IntegrityReport.of(IntegrityVerdict.OK, "signature good; covers the instructions and " + maps)
                    .withContract(CONTRACT)
                    .withSigner(signer.certificate().asSigner());
        } catch (BerException e) {
            return bad("the signed Hornet attribute is malformed: " + e.what()).withContract(CONTRACT);
        }
    }

    private static IntegrityReport bad(String reason) {
        return IntegrityReport.of(IntegrityVerdict.BADSIG, reason);
    }
}
