package org.bpfgate.signing.internal.contract;

import java.time.Instant;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.SigningRequest;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;
import org.bpfgate.signing.internal.key.SignerKey;
import org.bpfgate.signing.internal.key.SignerKeyReader;
import org.bpfgate.signing.internal.message.CmsMessage;
import org.bpfgate.signing.internal.message.SignerName;

/** What all contracts share. */
final class Signing {
    private Signing() {}

    /** Finds the key, and warns of what verifiers refuse in its certificate. */
    static SignerKey key(SigningIdentity identity) throws SigningException {
        SignerKey key = SignerKeyReader.read(identity);
        SignerWarnings.of(key, Instant.now()).forEach(identity.warnings());
        return key;
    }

    /** The message that is asked for. */
    static CmsMessage message(SigningRequest request, SignerKey key, SignerName name) {
        return new CmsMessage(key, name, request.message());
    }

    /** Refuses a program whose instructions as loaded are not known. */
    static void requireComplete(Instructions instructions) throws SigningException {
        if (instructions.state() != RelocationState.COMPLETE) {
            throw new SigningException("a signature covers the instructions as loaded, which are not known offline: "
                    + instructions.pendingReason());
        }
    }

    /** Refuses an ML-DSA key for a contract whose verifiers know RSA and ECDSA only. */
    static void requireClassical(SignerKey key, String contract) throws SigningException {
        if (key.kind().isMlDsa()) {
            throw new SigningException("the contract " + contract
                    + " has no ML-DSA (hornet, which mode strict verifies, and metadata have)");
        }
    }
}
