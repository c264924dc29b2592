package org.bpfgate.policy.ipe.eval.internal;

import java.util.Objects;

/**
 * {@code bpf_keyring} of the dialect {@link Dialect#OPS9}: the keyring in which the signer was found. Unlike
 * {@link BpfKeyring} it holds for no load without a good signature.
 *
 * @param keyring the wanted keyring
 */
public record LoaderKeyring(Keyring keyring) implements Discriminating {
    /** Refuses null. */
    public LoaderKeyring {
        Objects.requireNonNull(keyring);
    }

    @Override
    public Dimension dimension() {
        return Fact.LOADER_KEYRING;
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
