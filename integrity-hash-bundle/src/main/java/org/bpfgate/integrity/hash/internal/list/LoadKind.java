package org.bpfgate.integrity.hash.internal.list;

import java.util.Optional;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * What a load is beside its instructions, as far as entries of lists tell it.
 *
 * @param name the name of the program; empty when the load gives none
 * @param type its type; {@link ProgramType#UNSPEC} when a file is judged that does not tell it
 * @param attach {@code attr.expected_attach_type}
 * @param target the name of what it is to be attached to; null when it is not known
 */
record LoadKind(
        String name, ProgramType type, int attach, @Nullable String target) {
    static LoadKind of(ProgramLoad load) {
        return new LoadKind(
                load.program().name(),
                load.program().type(),
                load.attachType(),
                load.attributes().attachTarget().name().orElse(null));
    }

    /**
     * Compares the load with what an entry tells.
     *
     * @param listed the type; null when the entry counts for every one
     * @param way the attach type; -1 when the entry counts for every one
     * @param isTarget whether the entry counts for the target of this load
     * @return null when the entry counts for the load
     */
    @Nullable
    Mismatch mismatch(@Nullable ProgramType listed, int way, boolean isTarget) {
        if (listed == null) {
            return null;
        }
        if (type != listed) {
            return type == ProgramType.UNSPEC ? Mismatch.TYPE_UNKNOWN : Mismatch.OTHER_TYPE;
        }
        boolean isByName = way == ListedAttach.MEMBER && type == ProgramType.STRUCT_OPS;
        if (way >= 0 && way != attach && !isByName) {
            return Mismatch.OTHER_ATTACH;
        }
        return isTarget ? null : target == null ? Mismatch.TARGET_UNKNOWN : Mismatch.OTHER_TARGET;
    }

    /** The same for an entry of a text list. */
    @Nullable
    Mismatch mismatch(AllowlistEntry entry) {
        ListedAttach way = entry.attach();
        Optional<String> wanted = way == null ? Optional.empty() : way.target();
        return mismatch(
                entry.type(),
                way == null ? -1 : way.type(),
                wanted.isEmpty() || wanted.get().equals(target));
    }

    /**
     * Says in words why an entry does not count for the load.
     *
     * @param listed the type that the entry tells
     * @param way how the entry writes the way of attaching; null when it has none
     */
    String explain(Mismatch mismatch, ProgramType listed, @Nullable String way) {
        return switch (mismatch) {
            case TYPE_UNKNOWN ->
                "listed for type " + listed.label() + " only, and the type of this program is not known";
            case OTHER_TYPE -> "listed for type " + listed.label() + ", loaded as " + type.label();
            case OTHER_ATTACH -> "listed for attach=" + way + ", loaded with attach=" + ListedAttach.name(attach, type);
            case TARGET_UNKNOWN -> "listed for attach=" + way + " only, and the target of this load is not known";
            case OTHER_TARGET -> "listed for attach=" + way + ", loaded for the target " + target;
        };
    }
}
