package org.bpfgate.integrity.sig.internal.nativesig;

import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.keyring.Keyring;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.load.LoadCache;
import org.bpfgate.integrity.sig.internal.load.LoadKey;
import org.bpfgate.integrity.sig.internal.load.Reports;
import org.bpfgate.integrity.sig.internal.pkcs7.Content;
import org.bpfgate.integrity.sig.internal.pkcs7.MessageVerification;
import org.bpfgate.integrity.sig.internal.pkcs7.Outcome;
import org.bpfgate.integrity.sig.internal.pkcs7.SignedMessage;
import org.bpfgate.integrity.sig.internal.pkcs7.SignedMessageReader;
import org.bpfgate.program.ProgramLoad;

/** Judges one signature over whatever a contract says that it covers. Used for one load. */
final class ContractJudge {
    private final Trust trust;
    private final Keyring keyring;
    private final LoadCache<ContractFinding> cache;
    private final ProgramLoad load;
    private final byte[] signature;

    ContractJudge(Trust trust, Keyring keyring, LoadCache<ContractFinding> cache, ProgramLoad load, byte[] signature) {
        this.trust = trust;
        this.keyring = keyring;
        this.cache = cache;
        this.load = load;
        this.signature = signature;
    }

    ContractFinding judge(Contract contract, Content content) {
        LoadKey key = new LoadKey(contract.text(), content, signature, load.keyringId());
        ContractFinding known = cache.find(key, trust.generation());
        if (known != null) {
            return known.asCached();
        }
        ContractFinding found = verify(contract, content);
        cache.keep(key, trust.generation(), found);
        return found;
    }

    /** Kernels with the rule of 2026 know ML-DSA, those with the older rule do not. */
    private ContractFinding verify(Contract contract, Content content) {
        try {
            return verify(
                    contract == Contract.METADATA
                            ? SignedMessageReader.readWithMlDsa(signature)
                            : SignedMessageReader.read(signature),
                    content);
        } catch (BerException e) {
            return ContractFinding.bad(Outcome.unparsable(e, signature));
        }
    }

    private ContractFinding verify(SignedMessage message, Content content) {
        MessageVerification result = MessageVerification.detached(message, content, keyring, trust);
        if (!result.outcome().isPassed()) {
            return ContractFinding.bad(result.outcome());
        }
        Outcome revoked = Reports.revoked(load.program().instructions(), trust);
        return revoked == null ? ContractFinding.good(result.trusted()) : ContractFinding.bad(revoked);
    }
}
