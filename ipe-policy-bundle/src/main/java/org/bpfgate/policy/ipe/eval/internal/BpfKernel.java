package org.bpfgate.policy.ipe.eval.internal;

/**
 * {@code bpf_kernel}: the kernel itself asks for the load.
 *
 * @param value the wanted value
 */
public record BpfKernel(boolean value) implements Discriminating {
    @Override
    public Dimension dimension() {
        return Fact.KERNEL;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("bpf_kernel", value);
    }
}
