package org.bpfgate.program;

/**
 * One BPF token, the kernel's {@code struct bpf_token}: what a BPF file system delegates. It lives from its creation to the
 * free hook.
 */
public final class BpfToken extends SecurityObject {
    private final long allowedCommands;
    private final long allowedMaps;
    private final long allowedPrograms;
    private final long allowedAttachments;

    /**
     * Describes a token that no hook has seen yet. Each mask has the bit n set for the number n of its enumeration.
     *
     * @param allowedCommands {@code delegate_cmds}
     * @param allowedMaps {@code delegate_maps}
     * @param allowedPrograms {@code delegate_progs}
     * @param allowedAttachments {@code delegate_attachs}
     */
    public BpfToken(long allowedCommands, long allowedMaps, long allowedPrograms, long allowedAttachments) {
        this.allowedCommands = allowedCommands;
        this.allowedMaps = allowedMaps;
        this.allowedPrograms = allowedPrograms;
        this.allowedAttachments = allowedAttachments;
    }

    /** Returns the mask of bpf(2) commands. */
    public long allowedCommands() {
        return allowedCommands;
    }

    /** Returns the mask of map types. */
    public long allowedMaps() {
        return allowedMaps;
    }

    /** Returns the mask of program types. */
    public long allowedPrograms() {
        return allowedPrograms;
    }

    /** Returns the mask of attach types. */
    public long allowedAttachments() {
        return allowedAttachments;
    }

    @Override
    public String toString() {
        return "token";
    }
}
