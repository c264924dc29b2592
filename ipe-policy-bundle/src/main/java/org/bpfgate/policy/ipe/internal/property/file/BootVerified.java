package org.bpfgate.policy.ipe.internal.property.file;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * {@code boot_verified}: the file is on the initial ramdisk. {@code FALSE} also holds where there is no file.
 *
 * @param value the wanted value
 */
public record BootVerified(boolean value) implements EqualityProperty {
    @Override
    public EventAttribute attribute() {
        return Fact.INITRAMFS;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("boot_verified", value);
    }
}
