package org.bpfgate.integrity;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who signs, and how the message comes about. Immutable. */
public final class SigningRequest {
    private final SigningIdentity identity;
    private final @Nullable Instant time;
    private final byte @Nullable [] message;

    private SigningRequest(SigningIdentity identity, @Nullable Instant time, byte @Nullable [] message) {
        this.identity = Objects.requireNonNull(identity);
        this.time = time;
        this.message = message;
    }

    /** A request for a new message, signed now. */
    public static SigningRequest of(SigningIdentity identity) {
        return new SigningRequest(identity, Instant.now(), null);
    }

    /** The same with another signing time; contracts without signed attributes have no place for one. */
    public SigningRequest at(Instant other) {
        return new SigningRequest(identity, Objects.requireNonNull(other), message);
    }

    /** The same without a signing time. */
    public SigningRequest withoutTime() {
        return new SigningRequest(identity, null, message);
    }

    /**
     * The same as a further signature of a message that others have signed.
     *
     * @param signed the DER of a message by the same contract over the same content; copied
     */
    public SigningRequest addingTo(byte[] signed) {
        return new SigningRequest(identity, time, signed.clone());
    }

    /** Returns who signs. */
    public SigningIdentity identity() {
        return identity;
    }

    /** Returns the time that the message names as that of signing. */
    public Optional<Instant> time() {
        return Optional.ofNullable(time);
    }

    /** Returns a copy of the message that the signature is added to; empty for a new message. */
    public Optional<byte[]> message() {
        return Optional.ofNullable(message).map(byte[]::clone);
    }
}
