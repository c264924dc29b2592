package org.bpfgate.integrity.sig.internal.sign;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;

/** What all contracts share: reading the key, and saying in one line why something cannot be signed. */
final class Signing {
    private Signing() {}

    /** Makes one message with a key. */
    @FunctionalInterface
    interface Message {
        /**
         * Signs.
         *
         * @throws GeneralSecurityException when the key does not belong to the certificate
         * @throws SigningException when the contract has no place for what is signed
         */
        byte[] make(SignerKey key) throws GeneralSecurityException, SigningException;
    }

    /** Reads the key and makes the message. */
    static byte[] sign(SigningIdentity identity, Message message) throws SigningException {
        try {
            SignerKey key = SignerKeyReader.read(identity);
            SignerWarnings.of(key.certificate(), Instant.now().getEpochSecond()).forEach(identity.warnings());
            return message.make(key);
        } catch (InputFileException e) {
            throw new SigningException(e.what(), e);
        } catch (GeneralSecurityException e) {
            Optional<Path> certificate = identity.certificate();
            throw new SigningException(
                    identity.key() + ": this private key does not belong to "
                            + (certificate.isPresent() ? "the certificate " + certificate.get() : "its certificate"),
                    e);
        }
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
        if (key.algorithm().kind().isMlDsa()) {
            throw new SigningException("the contract " + contract
                    + " has no ML-DSA (hornet, which mode strict verifies, and metadata have)");
        }
    }
}
