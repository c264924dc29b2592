package org.bpfgate.policy.ipe.eval.internal;

import java.util.Objects;

/**
 * {@code bpf_keyring}: the keyring that the load asks for. It says nothing about a signature: an unsigned load leaves 0
 * there, which is {@code BUILTIN}.
 *
 * @param keyring the wanted keyring
 */
public record BpfKeyring(Keyring keyring) implements Discriminating, Attainable {
    /** Refuses null. */
    public BpfKeyring {
        Objects.requireNonNull(keyring);
    }

    @Override
    public Dimension dimension() {
        return Fact.KEYRING;
    }

    @Override
    public Object wanted() {
        return keyring;
    }

    @Override
    public void attainIn(BpfLoadContext load) {
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
