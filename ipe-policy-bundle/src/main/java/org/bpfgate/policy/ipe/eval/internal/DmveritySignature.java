package org.bpfgate.policy.ipe.eval.internal;

/**
 * {@code dmverity_signature}: the file is on a verity volume with a signed root hash. {@code FALSE} also holds where there
 * is no file or no block device.
 *
 * @param value the wanted value
 */
public record DmveritySignature(boolean value) implements Property {
    @Override
    public boolean holds(EvaluationContext event) {
        BlockDevice device = event.blockDevice();
        return (device != null && device.signed()) == value;
    }

    @Override
    public String toString() {
        return Property.word("dmverity_signature", value);
    }
}
