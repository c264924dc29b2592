package org.bpfgate.policy.ipe.internal.vocabulary;

import static org.bpfgate.policy.ipe.internal.vocabulary.Attributes.client;
import static org.bpfgate.policy.ipe.internal.vocabulary.Attributes.license;
import static org.bpfgate.policy.ipe.internal.vocabulary.Attributes.ofVerity;
import static org.bpfgate.policy.ipe.internal.vocabulary.Attributes.ofVolume;
import static org.bpfgate.policy.ipe.internal.vocabulary.Attributes.program;
import static org.bpfgate.policy.ipe.internal.vocabulary.Attributes.verityIs;
import static org.bpfgate.policy.ipe.internal.vocabulary.Attributes.volumeIs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.bpf.Licenses;
import org.bpfgate.policy.ipe.internal.event.BlockDevice;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.FsVerity;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.policy.ipe.internal.property.BpfMapsImmutable;
import org.bpfgate.policy.ipe.internal.property.BpfSigner;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.ConstantParser;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Word;
import org.bpfgate.program.LoadClient;
import org.jspecify.annotations.Nullable;

/**
 * The properties of the language, one row each: the first dialect that has it, which forms its value takes, how the value is
 * read in a policy, and how the value of an event is read. The key is the name in lower case.
 *
 * <p>A new property that compares one value is a row here. One that means more, such as a bound or something that a client can
 * change, has a row without an attribute, and a class of its own in the package {@code property}.
 */
public enum PropertyKey {
    /** The file is on the initial ramdisk. {@code FALSE} also holds where there is no file. */
    BOOT_VERIFIED(Dialect.OPS7, Form.TRUTH, PropertyKey::truth, EventAttribute.one(EvaluationContext::initramfs)),
    /** The file is on the verity volume with this root hash. */
    DMVERITY_ROOTHASH(Dialect.OPS7, Form.DIGEST, DigestParser::property, ofVolume(BlockDevice::rootHash)),
    /** The kernel validated a signature of the root hash of the volume. {@code FALSE} also holds where there is no volume. */
    DMVERITY_SIGNATURE(Dialect.OPS7, Form.TRUTH, PropertyKey::truth, volumeIs(BlockDevice::signed)),
    /** The file has this fs-verity digest. */
    FSVERITY_DIGEST(Dialect.OPS7, Form.DIGEST, DigestParser::property, ofVerity(FsVerity::digest)),
    /** The kernel validated a builtin signature of the file. {@code FALSE} also holds for a file without fs-verity. */
    FSVERITY_SIGNATURE(Dialect.OPS7, Form.TRUTH, PropertyKey::truth, verityIs(FsVerity::signed)),
    BPF_SIGNATURE(Dialect.OPS8, Form.WORD, SignatureParser::signature),
    BPF_KEYRING(Dialect.OPS8, Form.WORD, SignatureParser::keyring),
    /** The kernel itself asks for the load. {@code FALSE} also holds for every file. */
    BPF_KERNEL(Dialect.OPS8, Form.TRUTH, PropertyKey::truth, EventAttribute.one(EvaluationContext::kernel)),
    BPF_INTEGRITY(Dialect.BPFGATE, Form.WORD, word -> IntegrityParser.parse(word, List.of(IntegrityVerdict.values()))),
    BPF_SIGNER(Dialect.BPFGATE, Form.DIGEST, word -> new BpfSigner(Sha256Parser.parse(word))),
    /**
     * A verifier vouches for a signature by the owner of a certificate that this authority issued, directly or through others. The value
     * is SHA-256 of the DER form of the authority's certificate.
     */
    BPF_SIGNER_CA(Dialect.BPFGATE, Form.DIGEST, Sha256Parser::property, EvaluationContext::authority),
    BPF_SIGNERS(Dialect.BPFGATE, Form.LIMIT, SignatureParser::signers),
    /** The type of the program. */
    BPF_PROG_TYPE(Dialect.BPFGATE, Form.WORD, ProgramParser::type, EventAttribute.one(program(LoadedProgram::type))),
    /**
     * The attach type that the load names. The first one, {@code cgroup_inet_ingress}, has the number 0, so it also holds for a load that
     * names none.
     */
    BPF_ATTACH_TYPE(
            Dialect.BPFGATE,
            Form.WORD,
            ProgramParser::attachType,
            EventAttribute.one(program(LoadedProgram::attachType))),
    /**
     * The digest of the program, see {@link org.bpfgate.program.Instructions#digest()}. It holds for no program whose digest cannot be
     * known before the load.
     */
    BPF_DIGEST(
            Dialect.BPFGATE, Form.DIGEST, ProgramParser::digest, EventAttribute.costly(program(LoadedProgram::digest))),
    /** The name that the load gives the program. The client chooses it. */
    BPF_NAME(Dialect.BPFGATE, Form.WORD, ProgramParser::name, EventAttribute.one(program(LoadedProgram::name))),
    BPF_INSN_MAX(Dialect.BPFGATE, Form.LIMIT, ProgramParser::instructions),
    /**
     * The licence that the load names, with {@code _} for each blank, because a word has none. It is what the requester says, and the
     * kernel gives some helpers only to those of {@link #BPF_GPL_COMPATIBLE}.
     */
    BPF_LICENSE(
            Dialect.BPFGATE,
            Form.WORD,
            ProgramParser::license,
            EventAttribute.one(license(license -> license.replace(' ', '_')))),
    /**
     * The licence that the load names is one that the kernel takes for compatible with the GPL, {@code license_is_gpl_compatible()} of
     * {@code include/linux/license.h}. Without a known licence neither value holds.
     */
    BPF_GPL_COMPATIBLE(
            Dialect.BPFGATE, Form.TRUTH, PropertyKey::truth, EventAttribute.one(license(Licenses::isGplCompatible))),
    BPF_HELPER(Dialect.BPFGATE, Form.NEGATABLE, CallParser::helper),
    BPF_KFUNC(Dialect.BPFGATE, Form.NEGATABLE, CallParser::kfunc),
    BPF_MAP_TYPE(Dialect.BPFGATE, Form.NEGATABLE, ProgramParser::mapType),
    /** The effective user id of the process that asks. It holds for no load without such a process. */
    BPF_CLIENT_UID(Dialect.BPFGATE, Form.WORD, ClientParser::uid, EventAttribute.one(client(LoadClient::uid))),
    /**
     * SHA-256 of the executable file of the process that asks. It holds for no load without such a process, and for none whose executable
     * cannot be read.
     */
    BPF_CLIENT_EXE(
            Dialect.BPFGATE,
            Form.DIGEST,
            Sha256Parser::property,
            EventAttribute.costly(client(client -> client.executableSha256().orElse(null)))),
    /** The systemd unit of the process that asks. It holds for no load without such a process. */
    BPF_CLIENT_UNIT(
            Dialect.BPFGATE,
            Form.WORD,
            ClientParser::unit,
            EventAttribute.costly(client(client -> client.unit().orElse(null)))),
    /** The load is one of those by which libraries find out what the kernel can do. */
    BPF_PROBE(Dialect.BPFGATE, Form.TRUTH, PropertyKey::truth, EventAttribute.one(EvaluationContext::probe)),
    /**
     * The load is small and plain enough to be tried. What a rule with {@code bpf_trial=TRUE} allows is the trial and nothing more: the
     * kernel judges the program, and the client gets an inert one in its place.
     */
    BPF_TRIAL(Dialect.BPFGATE, Form.TRUTH, PropertyKey::truth, EventAttribute.one(EvaluationContext::trial)),
    BPF_MAPS_IMMUTABLE(Dialect.BPFGATE, Form.TRUTH, word -> new BpfMapsImmutable(isTrue(word))),
    UNTIL(Dialect.BPFGATE, Form.LIMIT, TimeParser::until);

    /** Spares a copy per word. */
    private static final PropertyKey[] ALL = values();

    private final String key;
    private final Dialect since;
    private final Form form;

    /** The readers of all rows are functions without state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ValueReader reader;

    @SuppressWarnings("ImmutableEnumChecker")
    private final @Nullable EventAttribute attribute;

    /** A property that compares one value of the event. */
    PropertyKey(Dialect since, Form form, ValueReader reader, @Nullable EventAttribute attribute) {
        this.key = name().toLowerCase(Locale.ROOT);
        this.since = since;
        this.form = form;
        this.reader = reader;
        this.attribute = attribute;
    }

    /** A property with a class of its own. */
    PropertyKey(Dialect since, Form form, ValueReader reader) {
        this(since, form, reader, null);
    }

    /** What a value looks like. */
    private enum Form {
        /** {@code TRUE} or {@code FALSE}. */
        TRUTH,
        /** One word; several may stand in a set. */
        WORD,
        /** {@code ALGORITHM:HEX}; several may stand in a set. */
        DIGEST,
        /** A word that {@code !} negates; several may stand in a set. */
        NEGATABLE,
        /** A bound, of which a set makes no sense. */
        LIMIT
    }

    /** Reads the whole word, {@code key=value}. */
    private interface ValueReader {
        Property read(ValueWord word) throws PolicySyntaxException;
    }

    /** The values of a property that holds or not, as the language writes them. */
    private enum Truth {
        TRUE,
        FALSE
    }

    private static Property truth(ValueWord word) throws PolicySyntaxException {
        return word.key().wants(isTrue(word));
    }

    private static boolean isTrue(ValueWord word) throws PolicySyntaxException {
        return ConstantParser.read(word.word(), word.beginning(), List.of(Truth.values())) == Truth.TRUE;
    }

    /** Reads a value that is no set. */
    Property read(Word word, Dialect dialect) throws PolicySyntaxException {
        return reader.read(new ValueWord(word, this, dialect));
    }

    /** Returns the key as policies write it. */
    public String key() {
        return key;
    }

    /** Returns the key and the {@code =} behind it. */
    String beginning() {
        return key + "=";
    }

    /** Returns how the event's value is read, for the rows that say so. */
    EventAttribute attribute() {
        return Objects.requireNonNull(attribute, key);
    }

    /** Returns the property that wants a value of {@link #attribute}. */
    KeyedProperty wants(Object value, String text) {
        return new KeyedProperty(this, value, text);
    }

    /** Returns the property that wants {@code TRUE} or {@code FALSE}. */
    public KeyedProperty wants(boolean value) {
        return wants(value, (value ? Truth.TRUE : Truth.FALSE).name());
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
