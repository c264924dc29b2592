package org.bpfgate.policy.ipe.eval.internal;

/**
 * {@code bpf_probe}: the load is one of those by which libraries find out what the kernel can do.
 *
 * @param value the wanted value
 */
public record BpfProbe(boolean value) implements Discriminating {
    @Override
    public Dimension dimension() {
        return Fact.PROBE;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("bpf_probe", value);
    }
}
