package org.bpfgate.policy.ipe.internal.event;

/** An operation that a policy decides on, {@code enum ipe_op_type}; the names are the words of the language. */
public enum Op {
    EXECUTE(Dialect.OPS7),
    FIRMWARE(Dialect.OPS7),
    KMODULE(Dialect.OPS7),
    KEXEC_IMAGE(Dialect.OPS7),
    KEXEC_INITRAMFS(Dialect.OPS7),
    POLICY(Dialect.OPS7),
    X509_CERT(Dialect.OPS7),
    BPF_PROG_LOAD(Dialect.OPS8),

    /** Asked in addition about a load whose signature covers its maps too. */
    BPF_PROG_LOAD_POST_INTEGRITY(Dialect.OPS9);

    private final Dialect since;

    Op(Dialect since) {
        this.since = since;
    }

    /** Returns the first dialect that has this operation. */
    public Dialect since() {
        return since;
    }
}
