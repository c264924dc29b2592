package org.bpfgate.command.internal.elf;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.program.Instructions;

/**
 * Where an object asks to be adapted to the running kernel's types ({@code struct bpf_core_relo} records in
 * {@code .BTF.ext}). Only the places matter here: what the kernel makes of them is not known offline.
 */
final class CoreRelocations {
    private static final int MAGIC = 0xeb9f;

    /** A shorter header is of a compiler that knows no such records. */
    private static final int HEADER_SIZE_WITH_RECORDS = 32;

    /** {@code sizeof(struct bpf_core_relo)}: a record may be longer, never shorter. */
    private static final int RECORD_SIZE = 16;

    /** {@code sizeof(struct btf_ext_info_sec)}, without the records. */
    private static final int SECTION_HEADER_SIZE = 8;

    private final Map<String, TreeSet<Integer>> instructionsBySection = new HashMap<>();

    /** The number of sections of the object; it bounds how many names are kept. */
    private final int sections;

    private CoreRelocations(int sections) {
        this.sections = sections;
    }

    /**
     * Reads the records of an object, which may have none.
     *
     * @throws InputException when {@code .BTF.ext} is malformed
     */
    static CoreRelocations of(ElfObject object, Btf btf) throws InputException {
        CoreRelocations relocations = new CoreRelocations(object.sections().size());
        Section section = object.sectionNamed(".BTF.ext");
        // Without the names in .BTF a loader cannot use the records, and libbpf ignores them.
        if (section != null && btf.isPresent()) {
            relocations.read(section.contents(), btf);
        }
        return relocations;
    }

    /** Whether an instruction of the function is to be adapted. */
    boolean apply(Function function) {
        TreeSet<Integer> instructions =
                instructionsBySection.get(function.section().name());
        if (instructions == null) {
            return false;
        }
        Integer first = instructions.ceiling(function.start());
        return first != null && first < function.end();
    }

    private void read(Region ext, Btf btf) throws InputException {
        if (ext.u16(0) != MAGIC || ext.u8(2) != 1) {
            throw ext.fault("does not start with a BTF.ext header of version 1");
        }
        long header = ext.u32(4);
        if (header >= HEADER_SIZE_WITH_RECORDS && ext.u32(28) > 0) {
            readRecords(ext.slice("the CO-RE records of .BTF.ext", header + ext.u32(24), ext.u32(28)), btf);
        }
    }

    private void readRecords(Region records, Btf btf) throws InputException {
        long recordSize = records.u32(0);
        if (recordSize < RECORD_SIZE) {
            throw records.fault("have " + recordSize + " bytes each, fewer than " + RECORD_SIZE);
        }
        long at = 4;
        while (at < records.size()) {
            String section = btf.name(records.u32(at));
            long count = records.u32(at + 4);
            if (count == 0 || instructionsBySection.containsKey(section)) {
                throw records.fault("describe section " + section + " with no record, or twice");
            }
            if (instructionsBySection.size() == sections) {
                throw records.fault("describe more sections than there are");
            }
            at += SECTION_HEADER_SIZE;
            records.slice("the records of section " + section, at, count * recordSize);
            for (long i = 0; i < count; i++) {
                add(section, records.u32(at + i * recordSize));
            }
            at += count * recordSize;
        }
    }

    private void add(String section, long offset) {
        instructionsBySection.computeIfAbsent(section, s -> new TreeSet<>()).add((int)
                (offset / Instructions.SLOT_SIZE));
    }
}
