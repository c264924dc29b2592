package org.bpfgate.policy.ipe.internal.vocabulary;

import java.util.List;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Keyring;
import org.bpfgate.policy.ipe.internal.event.LoaderVerdict;
import org.bpfgate.policy.ipe.internal.property.BpfKeyring;
import org.bpfgate.policy.ipe.internal.property.BpfSignature;
import org.bpfgate.policy.ipe.internal.property.BpfSigners;
import org.bpfgate.policy.ipe.internal.property.LoaderKeyring;
import org.bpfgate.policy.ipe.internal.property.LoaderSignature;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.ConstantParser;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;

/** Reads the words about signatures, whose values differ between the dialects of the two kernel series. */
final class SignatureParser {
    private static final List<IntegrityVerdict> VERDICTS = List.of(IntegrityVerdict.values());
    private static final List<LoaderVerdict> LOADER_VERDICTS = List.of(LoaderVerdict.values());
    private static final List<Keyring> KEYRINGS = List.of(Keyring.values());

    private SignatureParser() {}

    static Property signature(ValueWord word) throws PolicySyntaxException {
        return word.dialect() == Dialect.OPS9
                ? new LoaderSignature(ConstantParser.read(word.word(), word.beginning(), LOADER_VERDICTS))
                : new BpfSignature(ConstantParser.read(word.word(), word.beginning(), VERDICTS));
    }

    static Property keyring(ValueWord word) throws PolicySyntaxException {
        if (word.dialect() == Dialect.OPS9) {
            return new LoaderKeyring(ConstantParser.read(word.word(), word.beginning(), KEYRINGS));
        }
        List<Keyring> known = word.dialect() == Dialect.OPS8
                ? KEYRINGS.stream().filter(keyring -> keyring != Keyring.USER).toList()
                : KEYRINGS;
        return new BpfKeyring(ConstantParser.read(word.word(), word.beginning(), known));
    }

    static Property signers(ValueWord word) throws PolicySyntaxException {
        return new BpfSigners((int) NumberParser.read(word, "a number of signers", 1, BpfSigners.MAX));
    }
}
