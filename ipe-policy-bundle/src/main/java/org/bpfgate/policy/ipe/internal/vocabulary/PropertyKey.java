package org.bpfgate.policy.ipe.internal.vocabulary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.property.file.BootVerified;
import org.bpfgate.policy.ipe.internal.property.file.DmverityRoothash;
import org.bpfgate.policy.ipe.internal.property.file.DmveritySignature;
import org.bpfgate.policy.ipe.internal.property.file.FsverityDigest;
import org.bpfgate.policy.ipe.internal.property.file.FsveritySignature;
import org.bpfgate.policy.ipe.internal.property.load.BpfClientExe;
import org.bpfgate.policy.ipe.internal.property.load.BpfDigest;
import org.bpfgate.policy.ipe.internal.property.load.BpfGplCompatible;
import org.bpfgate.policy.ipe.internal.property.load.BpfKernel;
import org.bpfgate.policy.ipe.internal.property.load.BpfProbe;
import org.bpfgate.policy.ipe.internal.property.load.BpfTrial;
import org.bpfgate.policy.ipe.internal.property.signature.BpfMapsImmutable;
import org.bpfgate.policy.ipe.internal.property.signature.BpfSigner;
import org.bpfgate.policy.ipe.internal.property.signature.BpfSignerCa;
import org.bpfgate.policy.ipe.internal.text.ConstantParser;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Word;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;

/**
 * The properties of the language, one row each: the first dialect that has it, which forms its value takes, and how the value is
 * read. The key is the name in lower case. A new property is a row here and its meaning in the evaluation package.
 */
public enum PropertyKey {
    BOOT_VERIFIED(Dialect.OPS7, Form.TRUTH, truth(BootVerified::new)),
    DMVERITY_ROOTHASH(Dialect.OPS7, Form.DIGEST, word -> new DmverityRoothash(DigestParser.parse(word))),
    DMVERITY_SIGNATURE(Dialect.OPS7, Form.TRUTH, truth(DmveritySignature::new)),
    FSVERITY_DIGEST(Dialect.OPS7, Form.DIGEST, word -> new FsverityDigest(DigestParser.parse(word))),
    FSVERITY_SIGNATURE(Dialect.OPS7, Form.TRUTH, truth(FsveritySignature::new)),
    BPF_SIGNATURE(Dialect.OPS8, Form.WORD, SignatureParser::signature),
    BPF_KEYRING(Dialect.OPS8, Form.WORD, SignatureParser::keyring),
    BPF_KERNEL(Dialect.OPS8, Form.TRUTH, truth(BpfKernel::new)),
    BPF_INTEGRITY(Dialect.BPFGATE, Form.WORD, word -> IntegrityParser.parse(word, List.of(IntegrityVerdict.values()))),
    BPF_SIGNER(Dialect.BPFGATE, Form.DIGEST, word -> new BpfSigner(Sha256Parser.parse(word))),
    BPF_SIGNER_CA(Dialect.BPFGATE, Form.DIGEST, word -> new BpfSignerCa(Sha256Parser.parse(word))),
    BPF_SIGNERS(Dialect.BPFGATE, Form.LIMIT, SignatureParser::signers),
    BPF_PROG_TYPE(Dialect.BPFGATE, Form.WORD, ProgramParser::type),
    BPF_ATTACH_TYPE(Dialect.BPFGATE, Form.WORD, ProgramParser::attachType),
    BPF_DIGEST(
            Dialect.BPFGATE,
            Form.DIGEST,
            word -> new BpfDigest(ProgramDigest.parse(Sha256Parser.parse(word).hex()))),
    BPF_NAME(Dialect.BPFGATE, Form.WORD, ProgramParser::name),
    BPF_INSN_MAX(Dialect.BPFGATE, Form.LIMIT, ProgramParser::instructions),
    BPF_LICENSE(Dialect.BPFGATE, Form.WORD, ProgramParser::license),
    BPF_GPL_COMPATIBLE(Dialect.BPFGATE, Form.TRUTH, truth(BpfGplCompatible::new)),
    BPF_HELPER(Dialect.BPFGATE, Form.NEGATABLE, CallParser::helper),
    BPF_KFUNC(Dialect.BPFGATE, Form.NEGATABLE, CallParser::kfunc),
    BPF_MAP_TYPE(Dialect.BPFGATE, Form.NEGATABLE, ProgramParser::mapType),
    BPF_CLIENT_UID(Dialect.BPFGATE, Form.WORD, ClientParser::uid),
    BPF_CLIENT_EXE(Dialect.BPFGATE, Form.DIGEST, word -> new BpfClientExe(Sha256Parser.parse(word))),
    BPF_CLIENT_UNIT(Dialect.BPFGATE, Form.WORD, ClientParser::unit),
    BPF_PROBE(Dialect.BPFGATE, Form.TRUTH, truth(BpfProbe::new)),
    BPF_TRIAL(Dialect.BPFGATE, Form.TRUTH, truth(BpfTrial::new)),
    BPF_MAPS_IMMUTABLE(Dialect.BPFGATE, Form.TRUTH, truth(BpfMapsImmutable::new)),
    UNTIL(Dialect.BPFGATE, Form.LIMIT, TimeParser::until);

    /** Spares a copy per word. */
    private static final PropertyKey[] ALL = values();

    private final String key;
    private final Dialect since;
    private final Form form;

    /** The readers of all rows are functions without state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ValueReader reader;

    PropertyKey(Dialect since, Form form, ValueReader reader) {
        this.key = name().toLowerCase(Locale.ROOT);
        this.since = since;
        this.form = form;
        this.reader = reader;
    }

    /** What a value looks like. */
    private enum Form {
        /** {@code TRUE} or {@code FALSE}. */
        TRUTH,
        /** One word; several may stand in a set. */
        WORD,
        /** {@code ALGORITHM:HEX}; several may stand in a set. */
        DIGEST,
        /** A word that {@code !} turns round; several may stand in a set. */
        NEGATABLE,
        /** A bound, of which a set makes no sense. */
        LIMIT
    }

    /** Reads the whole word, {@code key=value}. */
    private interface ValueReader {
        Property read(ValueWord word) throws PolicySyntaxException;
    }

    /** Makes a property of a truth. */
    private interface OfTruth {
        Property make(boolean value);
    }

    /** The values of a property that holds or not, as the language writes them. */
    private enum Truth {
        TRUE,
        FALSE
    }

    private static ValueReader truth(OfTruth property) {
        return word -> property.make(
                ConstantParser.read(word.word(), word.beginning(), List.of(Truth.values())) == Truth.TRUE);
    }

    /** Reads a value that is no set. */
    Property read(Word word, Dialect dialect) throws PolicySyntaxException {
        return reader.read(new ValueWord(word, beginning(), dialect));
    }

    /** Returns the key as policies write it. */
    public String key() {
        return key;
    }

    /** Returns the key and the {@code =} behind it. */
    String beginning() {
        return key + "=";
    }

    /** Returns the first dialect that has this property. */
    public Dialect since() {
        return since;
    }

    /** Returns whether {@code !} may stand before the value. */
    public boolean takesNegation() {
        return form == Form.NEGATABLE;
    }

    /** Returns whether the value is a digest. */
    public boolean takesDigest() {
        return form == Form.DIGEST;
    }

    /** Returns whether several values may stand in a set. */
    boolean takesSet() {
        return form == Form.WORD || form == Form.DIGEST || form == Form.NEGATABLE;
    }

    /** Returns the property with that key in any dialect; null when there is none. */
    public static @Nullable PropertyKey byKey(String key) {
        for (PropertyKey property : ALL) {
            if (property.key.equals(key)) {
                return property;
            }
        }
        return null;
    }

    /** Returns the beginnings of the properties that a dialect has. */
    static String[] beginningsOf(Dialect dialect) {
        List<String> beginnings = new ArrayList<>();
        Arrays.stream(ALL)
                .filter(property -> dialect.includes(property.since))
                .forEach(property -> beginnings.add(property.beginning()));
        return beginnings.toArray(String[]::new);
    }
}
