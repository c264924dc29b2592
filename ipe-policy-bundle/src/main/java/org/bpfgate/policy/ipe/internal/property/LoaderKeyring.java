package org.bpfgate.policy.ipe.internal.property;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Keyring;

/**
 * {@code bpf_keyring} of the dialect {@link Dialect#OPS9}: the keyring in which the signer was found. Unlike
 * {@link BpfKeyring} it holds for no load without a good signature.
 *
 * @param keyring the wanted keyring
 */
public record LoaderKeyring(Keyring keyring) implements EqualityProperty {
    private static final EventAttribute ATTRIBUTE =
            EventAttribute.one(event -> event.isSigned() ? Keyring.byId(event.keyringId()) : null);

    /** Refuses null. */
    public LoaderKeyring {
        Objects.requireNonNull(keyring);
    }

    @Override
    public EventAttribute attribute() {
        return ATTRIBUTE;
    }

    @Override
    public Object wanted() {
        return keyring;
    }

    @Override
    public String toString() {
        return "bpf_keyring=" + keyring;
    }
}
