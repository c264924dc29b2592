package org.bpfgate.policy.ipe.internal.property.file;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * {@code fsverity_signature}: fs-verity is enabled for the file and has a valid builtin signature. {@code FALSE} also holds
 * where there is no file.
 *
 * @param value the wanted value
 */
public record FsveritySignature(boolean value) implements EqualityProperty {
    @Override
    public EventAttribute attribute() {
        return Fact.FILE_SIGNED;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("fsverity_signature", value);
    }
}
