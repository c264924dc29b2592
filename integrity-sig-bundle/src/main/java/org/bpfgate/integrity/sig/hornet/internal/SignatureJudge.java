package org.bpfgate.integrity.sig.hornet.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.bpfgate.integrity.sig.keyring.internal.Keyring;
import org.bpfgate.integrity.sig.keyring.internal.Trust;
import org.bpfgate.integrity.sig.load.internal.Reports;
import org.bpfgate.integrity.sig.pkcs7.internal.Content;
import org.bpfgate.integrity.sig.pkcs7.internal.MessageVerification;
import org.bpfgate.integrity.sig.pkcs7.internal.Outcome;
import org.bpfgate.integrity.sig.pkcs7.internal.ReasonCode;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedAttributes;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedMessage;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedMessageReader;
import org.bpfgate.integrity.sig.pkcs7.internal.TrustedSigner;
import org.bpfgate.program.Instructions;
import org.jspecify.annotations.Nullable;

/**
 * Judges a signature in the kernel's order: parse, then look the keyring up, then verify, then read the attribute. So junk
 * in an unknown keyring is a bad signature, not an unknown key. Safe for use by several threads.
 */
final class SignatureJudge {
    private final Trust trust;
    private final HornetMode mode;

    SignatureJudge(Trust trust, HornetMode mode) {
        this.trust = trust;
        this.mode = mode;
    }

    SignatureFinding judge(byte[] signature, Content content, Instructions instructions, int keyringId) {
        SignedMessage message;
        try {
            message = mode == HornetMode.STRICT
                    ? SignedMessageReader.readWithMlDsa(signature)
                    : SignedMessageReader.read(signature);
        } catch (BerException e) {
            return bad(Outcome.unparsable(e));
        }
        Keyring keyring = trust.keyrings().find(keyringId);
        if (keyring == null) {
            return SignatureFinding.of(Reports.unknownKeyring(keyringId));
        }
        MessageVerification result = MessageVerification.detached(message, content, keyring, trust);
        if (mode == HornetMode.STRICT) {
            result = result.strictly(signature, trust.now());
        }
        if (!result.outcome().isPassed()) {
            return bad(result.outcome());
        }
        Outcome revoked = Reports.revoked(instructions, trust);
        return revoked == null ? readAttribute(result.trusted()) : bad(revoked);
    }

    /** The attribute of the first trusted signer that has one counts. */
    private SignatureFinding readAttribute(List<TrustedSigner> trusted) {
        for (TrustedSigner signer : trusted) {
            SignedAttributes attributes = signer.info().attributes();
            byte[] value = attributes == null ? null : attributes.last(SignedMaps.TYPE);
            if (attributes != null && value != null) {
                return signer(signer, decode(attributes, value));
            }
        }
        IntegrityReport partial = Reports.of(
                        IntegrityVerdict.PARTIALSIG,
                        ReasonCode.NO_MAP_ATTRIBUTE,
                        "signature good; covers the instructions, and says nothing about maps (no Hornet attribute)")
                .withCoverage(Coverage.instructions());
        return SignatureFinding.of(trusted.get(0).name(partial));
    }

    private static SignatureFinding signer(TrustedSigner signer, SignatureFinding finding) {
        return finding.isOk() ? new SignatureFinding(signer.name(finding.report()), finding.maps()) : finding;
    }

    private SignatureFinding decode(SignedAttributes attributes, byte[] value) {
        List<SignedMap> maps = new ArrayList<>();
        String fault = fault(attributes, value, maps);
        IntegrityReport report = fault == null
                ? Reports.of(IntegrityVerdict.OK, ReasonCode.VERIFIED, "signature good")
                : Reports.bad(ReasonCode.MALFORMED_MAP_ATTRIBUTE, "the signed Hornet attribute is malformed: " + fault);
        return new SignatureFinding(report.withContract(mode.contract()), maps);
    }

    /** The kernel takes the last of several attributes or values, and an empty hash; mode strict does not. */
    private @Nullable String fault(SignedAttributes attributes, byte[] value, List<SignedMap> maps) {
        try {
            SignedMaps.read(value, mode, maps);
        } catch (BerException e) {
            return e.what();
        }
        if (mode != HornetMode.STRICT) {
            return null;
        }
        if (attributes.isRepeated(SignedMaps.TYPE)) {
            return "it is there twice, or has two values";
        }
        return maps.stream().anyMatch(SignedMap::isEmpty) ? "a hash is empty" : null;
    }

    private static SignatureFinding bad(Outcome outcome) {
        return SignatureFinding.of(Reports.bad(outcome.code(), outcome.reason()));
    }
}
