package org.bpfgate.integrity.hash.internal.record;

import java.util.Objects;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Facts of entries, of which it remembers some: in a list of a distribution the same names come again and again, and a SHA-256 for
 * each would take longer than the rest. For one thread.
 */
public final class NameKeys {
    private static final int PLACES = 1 << 12;

    private final @Nullable Known[] known = new @Nullable Known[PLACES];

    /** Returns the facts, see {@link EntryFacts#of}; the caller must not change them. */
    public byte[] of(String name, ProgramType type, @Nullable ListedAttach attach) {
        int hash = 31 * (31 * name.hashCode() + type.label().hashCode()) + Objects.hashCode(attach);
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        Known found = known[place];
        if (found == null || !found.is(name, type, attach)) {
            found = new Known(name, type, attach);
            known[place] = found;
        }
        return found.facts;
    }

    /** What an entry tells, and its bytes. */
    private static final class Known {
        private final String name;
        private final ProgramType type;
        private final @Nullable ListedAttach attach;
        private final byte[] facts;

        Known(String name, ProgramType type, @Nullable ListedAttach attach) {
            this.name = name;
            this.type = type;
            this.attach = attach;
            facts = EntryFacts.of(name, type, attach);
        }

        boolean is(String otherName, ProgramType otherType, @Nullable ListedAttach otherAttach) {
            return type == otherType && name.equals(otherName) && Objects.equals(attach, otherAttach);
        }
    }
}
