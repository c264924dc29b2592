package org.bpfgate.command.internal.elf;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;

/**
 * The type information of an object ({@code .BTF}), as far as a reader of programs needs it: names, and which undefined
 * symbols are settings of the kernel's configuration. The layout is that of {@code include/uapi/linux/btf.h}.
 */
final class Btf {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER_SIZE = 24;
    private static final int TYPE_SIZE = 12;
    private static final int KIND_VAR = 14;
    private static final int KIND_DATASEC = 15;

    /** Bytes that follow a type of each kind, apart from those per member. */
    private static final int[] FIXED = {0, 4, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0};

    /** Bytes that follow a type of each kind for each of its members. */
    private static final int[] PER_MEMBER = {0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12};

    /** Where the variables are that the loader fills with settings of the kernel. */
    private static final String SETTINGS_SECTION = ".kconfig";

    private final @Nullable Region section;
    private @Nullable Set<String> settings;

    private Btf(@Nullable Region section) {
        this.section = section;
    }

    /** Takes the type information of an object, which may have none. */
    static Btf of(ElfObject object) throws InputException {
        Section section = object.sectionNamed(".BTF");
        return section == null ? new Btf(null) : new Btf(checked(section.contents()));
    }

    boolean isPresent() {
        return section != null;
    }

    /** Returns the name at an offset of the string table. */
    String name(long offset) throws InputException {
        if (section == null) {
            throw new IllegalStateException("without type information there are no names");
        }
        long start = section.u32(4) + section.u32(16);
        return section.slice("the string table of .BTF", start, section.u32(20)).text(offset);
    }

    /** Whether an undefined variable is a setting of the kernel's configuration, as opposed to a symbol of the kernel. */
    boolean isKernelSetting(String variable) throws InputException {
        Set<String> known = settings;
        if (known == null) {
            known = section == null ? Set.of() : readSettings(section);
            settings = known;
        }
        return known.contains(variable);
    }

    private static Region checked(Region section) throws InputException {
        if (section.u16(0) != MAGIC || section.u8(2) != 1 || section.u32(4) < HEADER_SIZE) {
            throw section.fault("does not start with a BTF header of version 1");
        }
        return section;
    }

    private Set<String> readSettings(Region btf) throws InputException {
        Region types = btf.slice("the type table of .BTF", btf.u32(4) + btf.u32(8), btf.u32(12));
        int[] starts = starts(types);
        Set<String> names = new HashSet<>();
        for (int start : starts) {
            if (kind(types, start) == KIND_DATASEC && name(types.u32(start)).equals(SETTINGS_SECTION)) {
                addVariables(types, starts, start, names);
                return names;
            }
        }
        return names;
    }

    private void addVariables(Region types, int[] starts, int datasec, Set<String> names) throws InputException {
        int count = members(types, datasec);
        for (int i = 0; i < count; i++) {
            long id = types.u32(datasec + TYPE_SIZE + (long) i * PER_MEMBER[KIND_DATASEC]);
            // Type 0 is void and not in the table.
            if (id == 0 || id > starts.length || kind(types, starts[(int) id - 1]) != KIND_VAR) {
                throw types.fault("has " + SETTINGS_SECTION + " with member " + id + ", which is not a variable");
            }
            names.add(name(types.u32(starts[(int) id - 1])));
        }
    }

    /** Finds where each type starts, in the order of their ids. */
    private static int[] starts(Region types) throws InputException {
        int[] starts = new int[types.size() / TYPE_SIZE];
        int count = 0;
        long at = 0;
        while (at < types.size()) {
            int kind = kind(types, at);
            if (kind >= FIXED.length) {
                throw types.fault("has a type of unknown kind " + kind);
            }
            starts[count++] = (int) at;
            at += TYPE_SIZE + FIXED[kind] + (long) members(types, at) * PER_MEMBER[kind];
        }
        return Arrays.copyOf(starts, count);
    }

    private static int kind(Region types, long at) throws InputException {
        types.slice("a type", at, TYPE_SIZE);
        return (types.i32(at + 4) >>> 24) & 0x1f;
    }

    private static int members(Region types, long at) throws InputException {
        return types.i32(at + 4) & 0xffff;
    }
}
