package org.bpfgate.policy.ipe.parser.internal;

import java.util.List;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.eval.internal.BootVerified;
import org.bpfgate.policy.ipe.eval.internal.BpfClientExe;
import org.bpfgate.policy.ipe.eval.internal.BpfDigest;
import org.bpfgate.policy.ipe.eval.internal.BpfKernel;
import org.bpfgate.policy.ipe.eval.internal.BpfKeyring;
import org.bpfgate.policy.ipe.eval.internal.BpfMapsImmutable;
import org.bpfgate.policy.ipe.eval.internal.BpfProbe;
import org.bpfgate.policy.ipe.eval.internal.BpfSignature;
import org.bpfgate.policy.ipe.eval.internal.BpfSigner;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.bpfgate.policy.ipe.eval.internal.DmverityRoothash;
import org.bpfgate.policy.ipe.eval.internal.DmveritySignature;
import org.bpfgate.policy.ipe.eval.internal.FsverityDigest;
import org.bpfgate.policy.ipe.eval.internal.FsveritySignature;
import org.bpfgate.policy.ipe.eval.internal.Keyring;
import org.bpfgate.policy.ipe.eval.internal.Property;
import org.bpfgate.program.ProgramDigest;

/** Reads {@code property=value}. */
final class PropertyParser {
    private static final List<Truth> TRUTHS = List.of(Truth.values());
    private static final List<IntegrityVerdict> VERDICTS = List.of(IntegrityVerdict.values());
    private static final List<Keyring> KEYRINGS = List.of(Keyring.values());

    private final Dialect dialect;

    PropertyParser(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The values of a property that holds or not, as the language writes them. */
    private enum Truth {
        TRUE,
        FALSE
    }

    Property parse(Word word) throws PolicySyntaxException {
        PropertyKey key = PropertyKey.byKey(word.key());
        if (key == null) {
            throw unknown(word);
        }
        Foreign.refuse(word, key.key(), key.since(), dialect);
        return switch (key) {
            case BOOT_VERIFIED -> new BootVerified(truth(word, key));
            case DMVERITY_ROOTHASH -> new DmverityRoothash(DigestParser.parse(word, key.beginning()));
            case DMVERITY_SIGNATURE -> new DmveritySignature(truth(word, key));
            case FSVERITY_DIGEST -> new FsverityDigest(DigestParser.parse(word, key.beginning()));
            case FSVERITY_SIGNATURE -> new FsveritySignature(truth(word, key));
            case BPF_SIGNATURE -> new BpfSignature(Choice.read(word, key.beginning(), VERDICTS));
            case BPF_KEYRING -> new BpfKeyring(Choice.read(word, key.beginning(), KEYRINGS));
            case BPF_KERNEL -> new BpfKernel(truth(word, key));
            case BPF_INTEGRITY -> IntegrityParser.parse(word, key.beginning(), VERDICTS);
            case BPF_SIGNER -> new BpfSigner(Sha256Parser.parse(word, key.beginning()));
            case BPF_PROG_TYPE -> ProgramWords.type(word, key.beginning());
            case BPF_ATTACH_TYPE -> ProgramWords.attachType(word, key.beginning());
            case BPF_DIGEST ->
                new BpfDigest(ProgramDigest.parse(
                        Sha256Parser.parse(word, key.beginning()).hex()));
            case BPF_NAME -> ProgramWords.name(word, key.beginning());
            case BPF_HELPER -> CallWords.helper(word, key.beginning());
            case BPF_KFUNC -> CallWords.kfunc(word, key.beginning());
            case BPF_CLIENT_UID -> ClientWords.uid(word, key.beginning());
            case BPF_CLIENT_EXE -> new BpfClientExe(Sha256Parser.parse(word, key.beginning()));
            case BPF_CLIENT_UNIT -> ClientWords.unit(word, key.beginning());
            case BPF_PROBE -> new BpfProbe(truth(word, key));
            case BPF_MAPS_IMMUTABLE -> new BpfMapsImmutable(truth(word, key));
        };
    }

    private static boolean truth(Word word, PropertyKey key) throws PolicySyntaxException {
        return Choice.read(word, key.beginning(), TRUTHS) == Truth.TRUE;
    }

    private PolicySyntaxException unknown(Word word) {
        return word.notThe("a property", NearMiss.of(word.key() + "=", PropertyKey.beginningsOf(dialect)));
    }
}
