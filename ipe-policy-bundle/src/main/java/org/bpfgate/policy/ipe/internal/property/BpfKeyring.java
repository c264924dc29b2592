package org.bpfgate.policy.ipe.internal.property;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Keyring;

/**
 * {@code bpf_keyring}: the keyring that the load asks for. It says nothing about a signature: an unsigned load leaves 0
 * there, which is {@code BUILTIN}.
 *
 * @param keyring the wanted keyring
 */
public record BpfKeyring(Keyring keyring) implements EqualityProperty, Fixable {
    private static final EventAttribute ATTRIBUTE = EventAttribute.one(event -> Keyring.byId(event.keyringId()));

    /** Refuses null. */
    public BpfKeyring {
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
    public void applyTo(BpfLoadContext load) {
        load.askFor(keyring);
    }

    @Override
    public String present(EvaluationContext load) {
        return Keyring.describe(load.keyringId());
    }

    @Override
    public String toString() {
        return "bpf_keyring=" + keyring;
    }
}
