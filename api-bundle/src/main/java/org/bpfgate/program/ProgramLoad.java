package org.bpfgate.program;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to load a program: the arguments {@code prog, attr, token, kernel} of the kernel's load hooks, copied once
 * from whoever asks. Nothing in it changes afterwards, but for the blobs of its {@link #program()}.
 */
public final class ProgramLoad {
    private final BpfProgram program;
    private final byte @Nullable [] signature;
    private final int keyringId;
    private final int attachType;
    private final LoadAttributes attributes;
    private final LoadOrigin origin;
    private final @Nullable LoadClient client;
    private final @Nullable String probe;
    private final boolean triable;
    private final boolean observed;

    private ProgramLoad(
            BpfProgram program,
            byte @Nullable [] signature,
            int keyringId,
            int attachType,
            LoadAttributes attributes,
            LoadOrigin origin,
            @Nullable LoadClient client,
            @Nullable String probe,
            boolean triable,
            boolean observed) {
        this.program = program;
        this.signature = signature;
        this.keyringId = keyringId;
        this.attachType = attachType;
        this.attributes = attributes;
        this.origin = origin;
        this.client = client;
        this.probe = probe;
        this.triable = triable;
        this.observed = observed;
    }

    /** An unsigned load by a process, as a zeroed attribute structure describes it: keyring id 0. */
    public static ProgramLoad of(BpfProgram program) {
        return new ProgramLoad(
                Objects.requireNonNull(program),
                null,
                0,
                0,
                LoadAttributes.NONE,
                LoadOrigin.USER,
                null,
                null,
                false,
                false);
    }

    /**
     * The same load with a signature.
     *
     * @param bytes what {@code attr.signature} points to; empty when {@code attr.signature_size} is 0. Copied
     */
    public ProgramLoad withSignature(byte[] bytes) {
        return new ProgramLoad(
                program, bytes.clone(), keyringId, attachType, attributes, origin, client, probe, triable, observed);
    }

    /**
     * The same load with the keyring in which the caller wants the signer looked up.
     *
     * @param id {@code attr.keyring_id}: see {@link KeyringId}
     */
    public ProgramLoad withKeyring(int id) {
        return new ProgramLoad(
                program, signature, id, attachType, attributes, origin, client, probe, triable, observed);
    }

    /** The same load on behalf of another origin. */
    public ProgramLoad withOrigin(LoadOrigin from) {
        return new ProgramLoad(
                program,
                signature,
                keyringId,
                attachType,
                attributes,
                Objects.requireNonNull(from),
                client,
                probe,
                triable,
                observed);
    }

    /**
     * The same load for another way of attaching.
     *
     * @param type {@code attr.expected_attach_type}, a number of {@code enum bpf_attach_type}
     */
    public ProgramLoad withAttachType(int type) {
        return new ProgramLoad(
                program, signature, keyringId, type, attributes, origin, client, probe, triable, observed);
    }

    /**
     * The same load with the fields that neither the digest nor a signature covers.
     *
     * @param fields as the client gave them
     */
    public ProgramLoad withAttributes(LoadAttributes fields) {
        return new ProgramLoad(
                program,
                signature,
                keyringId,
                attachType,
                Objects.requireNonNull(fields),
                origin,
                client,
                probe,
                triable,
                observed);
    }

    /** The same load, asked for by a process that is known. */
    public ProgramLoad withClient(LoadClient process) {
        return new ProgramLoad(
                program,
                signature,
                keyringId,
                attachType,
                attributes,
                origin,
                Objects.requireNonNull(process),
                probe,
                triable,
                observed);
    }

    /**
     * The same load, recognised as one by which a library finds out what the kernel can do: it is not meant to be used
     * afterwards. Whoever mediates loads recognises such a one by its exact instructions and shape.
     *
     * @param name which one it is; not empty
     * @throws IllegalArgumentException when the name is empty
     */
    public ProgramLoad withProbe(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a feature probe has a name");
        }
        return new ProgramLoad(
                program, signature, keyringId, attachType, attributes, origin, client, name, triable, observed);
    }

    /**
     * The same load, small and plain enough to be tried: its mediator can ask the kernel whether it accepts the program without
     * letting the program in. See {@link org.bpfgate.hook.HookResult#withTrialAllowed()}.
     */
    public ProgramLoad withTrial() {
        return new ProgramLoad(
                program, signature, keyringId, attachType, attributes, origin, client, probe, true, observed);
    }

    /**
     * The same load, by a mediator that loads it whatever is decided: a denial of it blocks nothing, and records of decisions say so.
     */
    public ProgramLoad withoutEnforcement() {
        return new ProgramLoad(
                program, signature, keyringId, attachType, attributes, origin, client, probe, triable, true);
    }

    /** The same load with a program of the same content that no hook has seen. */
    public ProgramLoad anew() {
        return anew(program.usedMaps());
    }

    /**
     * The same load with such a program and with other objects for its maps.
     *
     * @param maps in the order of those of the program
     */
    public ProgramLoad anew(List<UsedMap> maps) {
        BpfProgram fresh = new BpfProgram(program.name(), program.type(), program.instructions(), maps);
        return new ProgramLoad(
                fresh, signature, keyringId, attachType, attributes, origin, client, probe, triable, observed);
    }

    /** Returns the program that is to be loaded. */
    public BpfProgram program() {
        return program;
    }

    /**
     * Returns a copy of the signature. Empty when {@code attr.signature} is a null pointer; an empty array is a signature
     * of size 0, which is another thing.
     */
    public Optional<byte[]> signature() {
        return Optional.ofNullable(signature).map(byte[]::clone);
    }

    /** Returns {@code attr.keyring_id}; 0, the builtin keyring, is also what a caller leaves that sets nothing. */
    public int keyringId() {
        return keyringId;
    }

    /** Returns {@code attr.expected_attach_type}; 0 when the load sets none. */
    public int attachType() {
        return attachType;
    }

    /**
     * Returns the fields that neither the digest nor a signature covers: licence, flags, device, attach target, records that refer to
     * types. {@link LoadAttributes#NONE} when files are judged.
     */
    public LoadAttributes attributes() {
        return attributes;
    }

    /** Returns on whose behalf the load is asked for. */
    public LoadOrigin origin() {
        return origin;
    }

    /** Returns the process that asks; empty when files are judged and nobody asks, and for the kernel itself. */
    public Optional<LoadClient> client() {
        return Optional.ofNullable(client);
    }

    /** Returns which feature probe this load is; empty for every load that is not recognised as one. */
    public Optional<String> probe() {
        return Optional.ofNullable(probe);
    }

    /** Returns whether the mediator of this load can try it; false when files are judged, and for everything but small loads. */
    public boolean isTriable() {
        return triable;
    }

    /** Returns whether a denial blocks the load; false when its mediator only looks on, see {@link #withoutEnforcement()}. */
    public boolean isEnforced() {
        return !observed;
    }
}
