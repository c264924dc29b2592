package org.bpfgate.integrity.hash.index.internal;

import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Keys of names, of which it remembers some: in a list of a distribution the same names come again and again, and a SHA-256 for
 * each would take longer than the rest. For one thread.
 */
final class NameKeys {
    private static final int PLACES = 1 << 12;

    private final @Nullable Known[] known = new @Nullable Known[PLACES];

    /** Returns the key, see {@link NameKey#of}; the caller must not change it. */
    byte[] of(String name, ProgramType type) {
        int hash = 31 * name.hashCode() + type.label().hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        Known found = known[place];
        if (found == null || !found.is(name, type)) {
            found = new Known(name, type);
            known[place] = found;
        }
        return found.key;
    }

    /** A name and its key. */
    private static final class Known {
        private final String name;
        private final ProgramType type;
        private final byte[] key;

        Known(String name, ProgramType type) {
            this.name = name;
            this.type = type;
            key = NameKey.of(name, type);
        }

        boolean is(String otherName, ProgramType otherType) {
            return type == otherType && name.equals(otherName);
        }
    }
}
