package org.bpfgate.audit;

/** The kinds of audit records; the names and numbers are those of {@code include/uapi/linux/audit.h}. */
public enum AuditType {
    /** Who made the system call of an event, and what it returned: {@code AUDIT_SYSCALL}. */
    SYSCALL(1300),

    /**
     * What the kernel keeps for third-party modules: the sink says that records were lost, or a verifier which list it takes or
     * refuses. {@code AUDIT_KERNEL_OTHER}.
     */
    KERNEL_OTHER(1316),

    /** What became of a bpf(2) command: {@code AUDIT_BPF}. */
    BPF(1334),

    /** Enforcement was switched on or off: {@code AUDIT_MAC_STATUS}, which all security modules share. */
    MAC_STATUS(1404),

    /** The policy decided: {@code AUDIT_IPE_ACCESS}. */
    IPE_ACCESS(1420),

    /** Another policy decides from now on: {@code AUDIT_IPE_CONFIG_CHANGE}. */
    IPE_CONFIG_CHANGE(1421),

    /** A policy was loaded or updated, or this was refused: {@code AUDIT_IPE_POLICY_LOAD}. */
    IPE_POLICY_LOAD(1422);

    private final int number;

    AuditType(int number) {
        this.number = number;
    }

    /** Returns the number by which audit tools know the kind. */
    public int number() {
        return number;
    }
}
