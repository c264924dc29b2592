package org.bpfgate.allowlist;

import java.util.Optional;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.ProgramType;

/**
 * The way of attaching that an entry of a list counts for. Lists write it as {@code attach=TYPE} or {@code attach=TYPE:TARGET}.
 *
 * <p>A program of type {@code struct_ops} is for one member of a structure of function pointers: its {@code attr.attach_btf_id} is the
 * structure, and its {@code attr.expected_attach_type} the number of the member. That number depends on how the kernel has laid the structure
 * out, so that lists write the names, {@code attach=member:STRUCT.MEMBER}.
 *
 * @param type {@code attr.expected_attach_type} of the load, a number of {@code enum bpf_attach_type}; for {@code struct_ops} the number of
 *     the member, or {@link #MEMBER} where the target names it
 * @param target the function or type that the load is to be attached to, by its name; empty for every one
 */
public record ListedAttach(int type, Optional<String> target) {
    /** Stands for whatever number the member has that the target names: for {@code struct_ops} only. */
    public static final int MEMBER = 0xfffe;

    /** The largest number that an entry can have: compiled lists keep it, plus one, in two bytes. */
    public static final int MAX_TYPE = MEMBER - 1;

    private static final String MEMBER_NAME = "member";

    /** What a load has that sets no attach type; the same number as {@link AttachType#CGROUP_INET_INGRESS}. */
    private static final String NONE = "none";

    /**
     * Refuses numbers that an entry cannot have, and an empty target.
     *
     * @throws IllegalArgumentException for these
     */
    public ListedAttach {
        if (type < 0 || type > MEMBER) {
            throw new IllegalArgumentException("attach types in lists have numbers from 0 to 65533, not " + type);
        }
        if (target.isPresent() && target.get().isEmpty()) {
            throw new IllegalArgumentException("a target has a name");
        }
    }

    /** One that counts for every target. */
    public static ListedAttach of(int type) {
        return new ListedAttach(type, Optional.empty());
    }

    /**
     * Reads what stands behind {@code attach=}.
     *
     * @return empty for an attach type that is neither the name of one, nor {@code none}, nor a number up to {@value #MAX_TYPE},
     *     for an empty target, and for {@code member} without a structure and its member
     */
    public static Optional<ListedAttach> parse(String text) {
        int colon = text.indexOf(':');
        int type = number(colon < 0 ? text : text.substring(0, colon));
        boolean isNumber = type >= 0 && type <= MAX_TYPE;
        boolean isMember = type == MEMBER && text.indexOf('.', colon + 2) > 0 && !text.endsWith(".");
        if (!(isNumber || isMember) || colon == text.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(
                new ListedAttach(type, colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1))));
    }

    private static int number(String name) {
        AttachType known = AttachType.byLabel(name);
        if (known != null) {
            return known.number();
        }
        if (name.equals(NONE)) {
            return 0;
        }
        if (name.equals(MEMBER_NAME)) {
            return MEMBER;
        }
        boolean digits = !name.isEmpty() && name.length() <= 5 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(name) : -1;
        return number > MAX_TYPE ? -1 : number;
    }

    /**
     * Writes what stands behind {@code attach=}.
     *
     * @param program the type of the program; the members of {@code struct_ops} have numbers only, and 0 is an attach type for
     *     {@code cgroup_skb} only
     */
    public String text(ProgramType program) {
        return name(type, program) + target.map(name -> ":" + name).orElse("");
    }

    /**
     * Names an attach type as lists do.
     *
     * @param type {@code attr.expected_attach_type}
     * @param program the type of the program
     */
    public static String name(int type, ProgramType program) {
        if (type == MEMBER) {
            return MEMBER_NAME;
        }
        AttachType known = program == ProgramType.STRUCT_OPS ? null : AttachType.byNumber(type);
        if (known == null) {
            return Integer.toUnsignedString(type);
        }
        return type == 0 && program != ProgramType.CGROUP_SKB ? NONE : known.label();
    }
}
