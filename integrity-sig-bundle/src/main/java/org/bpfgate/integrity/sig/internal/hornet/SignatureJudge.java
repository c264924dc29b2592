package org.bpfgate.integrity.sig.internal.hornet;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.keyring.Keyring;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.load.Reports;
import org.bpfgate.integrity.sig.internal.pkcs7.Content;
import org.bpfgate.integrity.sig.internal.pkcs7.MessageVerification;
import org.bpfgate.integrity.sig.internal.pkcs7.Outcome;
import org.bpfgate.integrity.sig.internal.pkcs7.ReasonCode;
import org.bpfgate.integrity.sig.internal.pkcs7.SignedAttributes;
import org.bpfgate.integrity.sig.internal.pkcs7.SignedMessage;
import org.bpfgate.integrity.sig.internal.pkcs7.SignedMessageReader;
import org.bpfgate.integrity.sig.internal.pkcs7.TrustedSigner;
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

    /**
     * Judges a signature.
     *
     * @return what the signers whose statement counts say. In the compat modes it is one, as in the kernel: the first trusted signer
     *     that has the attribute. In mode strict each trusted signer's statement counts for itself
     */
    List<SignatureFinding> judge(byte[] signature, Content content, Instructions instructions, int keyringId) {
        boolean strict = mode == HornetMode.STRICT;
        SignedMessage message;
        try {
            message = strict ? SignedMessageReader.readWithMlDsa(signature) : SignedMessageReader.read(signature);
        } catch (BerException e) {
            return bad(Outcome.unparsable(e, signature));
        }
        Keyring keyring = trust.keyrings().find(keyringId);
        if (keyring == null) {
            return List.of(SignatureFinding.of(Reports.unknownKeyring(keyringId)));
        }
        MessageVerification result = strict
                ? MessageVerification.detachedStrictly(message, signature, content, keyring, trust)
                : MessageVerification.detached(message, content, keyring, trust);
        if (!result.outcome().isPassed()) {
            return bad(result.outcome());
        }
        Outcome revoked = Reports.revoked(instructions, trust);
        if (revoked != null) {
            return bad(revoked);
        }
        return strict ? statements(result.trusted()) : List.of(firstStatement(result.trusted()));
    }

    private List<SignatureFinding> statements(List<TrustedSigner> trusted) {
        List<SignatureFinding> statements = new ArrayList<>();
        for (TrustedSigner signer : trusted) {
            statements.add(statement(signer, trusted));
        }
        return statements;
    }

    private SignatureFinding firstStatement(List<TrustedSigner> trusted) {
        for (TrustedSigner signer : trusted) {
            if (attribute(signer) != null) {
                return statement(signer, trusted);
            }
        }
        return statement(trusted.get(0), trusted);
    }

    private SignatureFinding statement(TrustedSigner signer, List<TrustedSigner> trusted) {
        SignedAttributes attributes = signer.info().attributes();
        byte[] value = attribute(signer);
        if (attributes != null && value != null) {
            SignatureFinding found = decode(attributes, value);
            return found.isOk() ? new SignatureFinding(signer.name(found.report(), trusted), found.maps()) : found;
        }
        IntegrityReport partial = Reports.of(
                        IntegrityVerdict.PARTIALSIG,
                        ReasonCode.NO_MAP_ATTRIBUTE,
                        "signature good; covers the instructions, and says nothing about maps (no Hornet attribute)")
                .withCoverage(Coverage.instructions());
        return SignatureFinding.of(signer.name(partial, trusted));
    }

    private static byte @Nullable [] attribute(TrustedSigner signer) {
        SignedAttributes attributes = signer.info().attributes();
        return attributes == null ? null : attributes.last(SignedMaps.TYPE);
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

    private static List<SignatureFinding> bad(Outcome outcome) {
        return List.of(SignatureFinding.of(Reports.bad(outcome.code(), outcome.reason())));
    }
}
