package org.bpfgate.policy.ipe.internal.property.file;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * {@code dmverity_signature}: the file is on a verity volume with a signed root hash. {@code FALSE} also holds where there
 * is no file or no block device.
 *
 * @param value the wanted value
 */
public record DmveritySignature(boolean value) implements EqualityProperty {
    @Override
    public EventAttribute attribute() {
        return Fact.VOLUME_SIGNED;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("dmverity_signature", value);
    }
}
