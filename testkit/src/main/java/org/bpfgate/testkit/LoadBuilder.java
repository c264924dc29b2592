package org.bpfgate.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.bpfgate.program.UsedMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes loads for tests. What is not set is as in the plainest load that there is: an unsigned XDP program named {@code test}, of two
 * instructions ({@code r0 = 0; exit}), asked for by a process of which nothing is known. For one thread.
 *
 * <p>Each {@link #build()} makes a new program, since a stack decides once on a program.
 */
public final class LoadBuilder {
    /** {@code BPF_ALU64 | BPF_MOV | BPF_K}: with everything else 0 it is {@code r0 = 0}. */
    private static final byte MOV = (byte) 0xb7;

    /** {@code BPF_JMP | BPF_EXIT}. */
    private static final byte EXIT = (byte) 0x95;

    private String name = "test";
    private ProgramType type = ProgramType.XDP;
    private Instructions instructions = Instructions.of(code(2));
    private final List<UsedMap> maps = new ArrayList<>();
    private byte @Nullable [] signature;
    private int keyring;
    private int attachType;
    private LoadAttributes attributes = LoadAttributes.NONE;
    private LoadOrigin origin = LoadOrigin.USER;
    private @Nullable LoadClient client;
    private @Nullable String probe;
    private boolean triable;
    private boolean enforced = true;

    private LoadBuilder() {}

    /** Begins with the plainest load. */
    public static LoadBuilder load() {
        return new LoadBuilder();
    }

    /** Begins with the plainest load of a type. */
    public static LoadBuilder load(ProgramType type) {
        return load().type(type);
    }

    /** Sets the name of the program; empty for none. */
    public LoadBuilder name(String text) {
        name = Objects.requireNonNull(text);
        return this;
    }

    /** Sets the type of the program. */
    public LoadBuilder type(ProgramType value) {
        type = Objects.requireNonNull(value);
        return this;
    }

    /**
     * Makes it a program that returns 0 after that many instructions.
     *
     * @param count at least 1
     * @throws IllegalArgumentException for a smaller number
     */
    public LoadBuilder instructions(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a program has at least one instruction");
        }
        return code(Instructions.of(code(count)));
    }

    /** Sets the instructions, such as those of a file, or {@link Instructions#unlinked} ones. */
    public LoadBuilder code(Instructions all) {
        instructions = Objects.requireNonNull(all);
        return this;
    }

    /**
     * Sets the instructions as they are loaded.
     *
     * @param bytes as {@code struct bpf_insn} has them; any bytes do
     * @throws IllegalArgumentException when there is none, or the size is not a multiple of {@value Instructions#SLOT_SIZE}
     */
    public LoadBuilder code(byte... bytes) {
        return code(Instructions.of(bytes));
    }

    /** Leaves relocations open, as in a program of an object file that is judged without being loaded. */
    public LoadBuilder relocations(RelocationState state) {
        return code(Instructions.unlinked(
                instructions.toByteArray(), state, state == RelocationState.COMPLETE ? "" : "a test wants it so"));
    }

    /** Adds a map that the program uses. */
    public LoadBuilder map(UsedMap map) {
        maps.add(Objects.requireNonNull(map));
        return this;
    }

    /** Signs the load; an empty array is a signature of size 0. Copied. */
    public LoadBuilder signature(byte... bytes) {
        signature = bytes.clone();
        return this;
    }

    /** Sets the keyring that the load asks for; see {@link org.bpfgate.program.KeyringId}. */
    public LoadBuilder keyring(int id) {
        keyring = id;
        return this;
    }

    /** Sets the way of attaching. */
    @SuppressWarnings("EnumOrdinal") // The declaration order is the kernel's.
    public LoadBuilder attachType(AttachType value) {
        return attachType(value.ordinal());
    }

    /** Sets the way of attaching by its number, which the kernel need not know. */
    public LoadBuilder attachType(int number) {
        attachType = number;
        return this;
    }

    /** Sets the licence. */
    public LoadBuilder license(String text) {
        LoadAttributes a = attributes;
        return attributes(new LoadAttributes(
                text,
                a.flags(),
                a.interfaceIndex(),
                a.kernelVersion(),
                a.logLevel(),
                a.boundDescriptors(),
                a.attachTarget(),
                a.records(),
                a.kernelTypes()));
    }

    /** Sets all fields that neither the digest nor a signature covers, the licence among them. */
    public LoadBuilder attributes(LoadAttributes fields) {
        attributes = Objects.requireNonNull(fields);
        return this;
    }

    /** Sets on whose behalf the load is asked for. */
    public LoadBuilder origin(LoadOrigin from) {
        origin = Objects.requireNonNull(from);
        return this;
    }

    /** Sets the process that asks; see {@link TestClient}. */
    public LoadBuilder client(LoadClient process) {
        client = Objects.requireNonNull(process);
        return this;
    }

    /** Makes it a feature probe of that name. */
    public LoadBuilder probe(String which) {
        probe = Objects.requireNonNull(which);
        return this;
    }

    /** Makes it a load that its mediator can try. */
    public LoadBuilder triable() {
        triable = true;
        return this;
    }

    /** Makes it a load that is loaded whatever is decided. */
    public LoadBuilder notEnforced() {
        enforced = false;
        return this;
    }

    /** Returns a load of a new program. */
    public ProgramLoad build() {
        ProgramLoad load = ProgramLoad.of(new BpfProgram(name, type, instructions, maps))
                .withKeyring(keyring)
                .withAttachType(attachType)
                .withAttributes(attributes)
                .withOrigin(origin);
        load = signature == null ? load : load.withSignature(signature);
        load = client == null ? load : load.withClient(client);
        load = probe == null ? load : load.withProbe(probe);
        load = triable ? load.withTrial() : load;
        return enforced ? load : load.withoutEnforcement();
    }

    private static byte[] code(int count) {
        byte[] bytes = new byte[count * Instructions.SLOT_SIZE];
        for (int at = 0; at < bytes.length; at += Instructions.SLOT_SIZE) {
            bytes[at] = MOV;
        }
        bytes[bytes.length - Instructions.SLOT_SIZE] = EXIT;
        return bytes;
    }
}
