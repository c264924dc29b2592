package org.bpfgate.command.internal.program;

import java.util.Optional;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * How libbpf loads the programs of a section, by its name.
 *
 * @param type their type; {@link ProgramType#UNSPEC} when it is not known
 * @param attach the attach type that the load names, a number of {@code enum bpf_attach_type}; 0 for none
 * @param optional whether a loader may leave the attach type out
 * @param target the name of the kernel's type, usually a function, that they are to be attached to; empty for none
 * @param license what the section {@code license} of the file says, for all its programs; empty when there is none
 * @param name the name of the section when libbpf does not know it; empty when it does, or there is none
 */
public record ProgramSection(
        ProgramType type,
        int attach,
        boolean optional,
        Optional<String> target,
        Optional<String> license,
        Optional<String> name) {
    /** A file that has no sections. */
    public static final ProgramSection UNKNOWN =
            new ProgramSection(ProgramType.UNSPEC, 0, false, Optional.empty(), Optional.empty(), Optional.empty());

    /** A section that libbpf does not know. */
    public static ProgramSection unknown(String name) {
        return new ProgramSection(ProgramType.UNSPEC, 0, false, Optional.empty(), Optional.empty(), Optional.of(name));
    }

    /** A program of this type that the load attaches to nothing. */
    public static ProgramSection of(ProgramType type) {
        return new ProgramSection(type, 0, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same for one target. */
    public ProgramSection withTarget(@Nullable String targetName) {
        return new ProgramSection(type, attach, optional, Optional.ofNullable(targetName), license, Optional.empty());
    }

    /** The same in a file with a licence. */
    public ProgramSection withLicense(Optional<String> text) {
        return new ProgramSection(type, attach, optional, target, text, name);
    }

    /** Returns the way of attaching that an entry of a list can demand: what every loader names. Empty when there is none. */
    public Optional<ListedAttach> listed() {
        return attach == 0 || optional ? Optional.empty() : Optional.of(new ListedAttach(attach, target));
    }
}
