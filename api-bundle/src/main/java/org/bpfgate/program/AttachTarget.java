package org.bpfgate.program;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a program of type {@code tracing}, {@code lsm}, {@code ext} or {@code struct_ops} is to run, as far as the load says so. The
 * digest does not cover it. The attach type beside it is {@link ProgramLoad#attachType()}.
 *
 * @param btfId {@code attr.attach_btf_id}: the number of a type, usually a function, in the BTF that the object has, or in the kernel's own
 *     when there is no object. It differs between kernels. 0 when the load names none
 * @param object what {@code attr.attach_prog_fd} ({@code attr.attach_btf_obj_fd}) refers to; empty for the kernel itself
 * @param name the name of that type, such as {@code bpf_lsm_file_open}, which is the same on all kernels; for {@code struct_ops} the names of the
 *     structure and of the member, such as {@code tcp_congestion_ops.ssthresh}; empty when it is not known: when the load names no target, and
 *     for functions of programs
 */
public record AttachTarget(int btfId, Optional<KernelObject> object, Optional<String> name) {
    /** The load names no target. */
    public static final AttachTarget NONE = new AttachTarget(0, Optional.empty());

    /** Refuses nulls. */
    public AttachTarget {
        Objects.requireNonNull(object);
        Objects.requireNonNull(name);
    }

    /** A target whose name is not known. */
    public AttachTarget(int btfId, Optional<KernelObject> object) {
        this(btfId, object, Optional.empty());
    }

    /** Returns whether the load names a target at all. */
    public boolean isNamed() {
        return btfId != 0 || object.isPresent() || name.isPresent();
    }

    /** The kinds of object that a load can be attached to. */
    public enum Kind {
        /** A program that is loaded: its functions are traced or replaced. */
        PROGRAM,

        /** The types of a kernel module. */
        BTF,

        /** Anything else, which the kernel refuses. */
        OTHER
    }

    /**
     * An object that the kernel has, as the kernel describes it.
     *
     * @param kind which kind
     * @param id the kernel's number for it among those of its kind; 0 for {@link Kind#OTHER}
     * @param name its name; for types that of the kernel module; may be empty
     * @param tag the tag of a program, 16 hexadecimal digits; empty for others
     */
    public record KernelObject(Kind kind, int id, String name, String tag) {
        /** Refuses nulls. */
        public KernelObject {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(name);
            Objects.requireNonNull(tag);
        }
    }
}
