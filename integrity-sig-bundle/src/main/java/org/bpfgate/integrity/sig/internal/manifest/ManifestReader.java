package org.bpfgate.integrity.sig.internal.manifest;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.SignedContent.Refusal;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.keyring.Keyring;
import org.bpfgate.integrity.sig.internal.keyring.Revocations;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.load.Reports;
import org.bpfgate.integrity.sig.internal.pkcs7.Content;
import org.bpfgate.integrity.sig.internal.pkcs7.MessageVerification;
import org.bpfgate.integrity.sig.internal.pkcs7.Outcome;
import org.bpfgate.integrity.sig.internal.pkcs7.ReasonCode;
import org.bpfgate.integrity.sig.internal.pkcs7.SignedMessage;
import org.bpfgate.integrity.sig.internal.pkcs7.SignedMessageReader;
import org.bpfgate.integrity.sig.internal.pkcs7.TrustedSigner;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;

/**
 * Reads texts signed by the contract {@code manifest}: one CMS message with its content attached, as the kernel reads a
 * signed IPE policy. Safe for use by several threads.
 */
public final class ManifestReader implements SignedContentReader {
    /** The signing contract. */
    public static final String CONTRACT = "manifest";

    /**
     * By what a message is judged.
     *
     * @param trust whom to trust
     * @param strict whether the rules of mode strict hold
     */
    public record Rules(Trust trust, boolean strict) {}

    private final Supplier<Rules> rules;

    /**
     * A reader that asks once per message by what to judge.
     */
    public ManifestReader(Supplier<Rules> rules) {
        this.rules = rules;
    }

    @Override
    public long keyringGeneration() {
        return rules.get().trust().generation();
    }

    @Override
    public SignedContent read(byte[] message, int keyringId) {
        try {
            byte[] encoded = MessageFile.unwrapped(message.clone());
            return judge(SignedMessageReader.read(encoded), encoded, keyringId);
        } catch (BerException e) {
            return bad(Outcome.unparsableText(e, message));
        }
    }

    @Override
    public boolean isSignatureOver(byte[] message, byte[] content, int keyringId) {
        Trust current = rules.get().trust();
        Keyring keyring = current.keyrings().find(keyringId);
        if (keyring == null) {
            return false;
        }
        try {
            SignedMessage read = SignedMessageReader.readWithMlDsa(message.clone());
            Outcome outcome = MessageVerification.detached(read, Content.of(content.clone()), keyring, current)
                    .outcome();
            // An unknown signer is looked up last, after the digest that the attributes name was compared.
            return outcome.isPassed()
                    || (outcome.code() == ReasonCode.UNTRUSTED_SIGNER
                            && read.signers().getFirst().attributes() != null);
        } catch (BerException e) {
            return false;
        }
    }

    private SignedContent judge(SignedMessage message, byte[] encoded, int keyringId) {
        Rules now = rules.get();
        Trust current = now.trust();
        Keyring keyring = current.keyrings().find(keyringId);
        if (keyring == null) {
            return SignedContent.refused(Reports.unknownKeyring(keyringId));
        }
        MessageVerification result = now.strict()
                ? MessageVerification.attachedStrictly(message, encoded, keyring, current)
                : MessageVerification.attached(message, keyring, current);
        Content content = message.content();
        if (!result.outcome().isPassed() || content == null) {
            return bad(result.outcome());
        }
        return isRevoked(content, current)
                ? bad(Outcome.failed(
                        Errno.EKEYREJECTED, ReasonCode.REVOKED_CONTENT, "the text is revoked by its digest"))
                : accepted(result.trusted(), content);
    }

    private static boolean isRevoked(Content content, Trust trust) {
        Revocations revocations = trust.keyrings().revocations();
        return !revocations.isEmpty()
                && revocations.isRevoked(HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA256)), trust.now());
    }

    private static SignedContent accepted(List<TrustedSigner> signers, Content content) {
        IntegrityReport report = Reports.of(
                        IntegrityVerdict.OK, ReasonCode.VERIFIED, "signature good; covers the whole text")
                .withContract(CONTRACT)
                .withCoverage(Coverage.text());
        return SignedContent.accepted(signers.getFirst().name(report, signers), content.bytes());
    }

    private static SignedContent bad(Outcome outcome) {
        return SignedContent.refused(Reports.bad(outcome.code(), outcome.reason()), refusal(outcome));
    }

    private static Refusal refusal(Outcome outcome) {
        if (outcome.errno() == Errno.EBADMSG || outcome.errno() == Errno.ENODATA) {
            return Refusal.MALFORMED;
        }
        return outcome.errno() == Errno.ENOKEY ? Refusal.NO_KEY : Refusal.REJECTED;
    }
}
