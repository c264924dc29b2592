package org.bpfgate.integrity.sig.manifest.internal;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.bpfgate.integrity.sig.keyring.internal.Keyring;
import org.bpfgate.integrity.sig.keyring.internal.Keyrings;
import org.bpfgate.integrity.sig.pkcs7.internal.Content;
import org.bpfgate.integrity.sig.pkcs7.internal.MessageVerification;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedMessage;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedMessageReader;

/**
 * Reads texts signed by the contract {@code manifest}: one CMS message with its content attached, as the kernel reads a
 * signed IPE policy. Safe for use by several threads.
 */
public final class ManifestReader implements SignedContentReader {
    /** The signing contract. */
    public static final String CONTRACT = "manifest";

    private final Supplier<Keyrings> keyrings;
    private final LongSupplier generation;

    /**
     * A reader that asks for the keyrings once per message.
     *
     * @param keyrings whom to trust now
     * @param generation a number that changes after the keyrings changed
     */
    public ManifestReader(Supplier<Keyrings> keyrings, LongSupplier generation) {
        this.keyrings = keyrings;
        this.generation = generation;
    }

    @Override
    public long keyringGeneration() {
        return generation.getAsLong();
    }

    @Override
    public SignedContent read(byte[] message, int keyringId) {
        try {
            byte[] copy = message.clone();
            return judge(SignedMessageReader.read(MessageFile.unwrapped(copy)), keyringId);
        } catch (BerException e) {
            return bad("not a signed text that the kernel's PKCS#7 parser accepts: " + e.what());
        }
    }

    private SignedContent judge(SignedMessage message, int keyringId) {
        Keyrings current = keyrings.get();
        Keyring keyring = current.find(keyringId);
        if (keyring == null) {
            return refused(IntegrityVerdict.UNKNOWNKEY, "there is no keyring or key with id " + keyringId);
        }
        MessageVerification result = MessageVerification.attached(message, keyring, current.blacklist());
        Content content = message.content();
        return result.outcome().isPassed() && content != null
                ? accepted(result, content)
                : bad(result.outcome().reason());
    }

    private static SignedContent accepted(MessageVerification result, Content content) {
        IntegrityReport report = IntegrityReport.of(IntegrityVerdict.OK, "signature good; covers the whole text")
                .withContract(CONTRACT)
                .withSigner(result.trusted().get(0).certificate().asSigner());
        return SignedContent.accepted(report, content.bytes());
    }

    private static SignedContent bad(String reason) {
        return refused(IntegrityVerdict.BADSIG, reason);
    }

    private static SignedContent refused(IntegrityVerdict verdict, String reason) {
        return SignedContent.refused(IntegrityReport.of(verdict, reason));
    }
}
