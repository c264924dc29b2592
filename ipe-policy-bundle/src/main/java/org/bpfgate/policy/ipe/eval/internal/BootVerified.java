package org.bpfgate.policy.ipe.eval.internal;

/**
 * {@code boot_verified}: the file is on the initial ramdisk. {@code FALSE} also holds where there is no file.
 *
 * @param value the wanted value
 */
public record BootVerified(boolean value) implements Property {
    @Override
    public boolean holds(EvaluationContext event) {
        return event.initramfs() == value;
    }

    @Override
    public String toString() {
        return Property.word("boot_verified", value);
    }
}
