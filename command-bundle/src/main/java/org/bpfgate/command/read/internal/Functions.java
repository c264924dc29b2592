package org.bpfgate.command.read.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.program.Instructions;
import org.jspecify.annotations.Nullable;

/**
 * The functions of an object, found by the rules of libbpf 1.1 ({@code bpf_object__add_programs}): every function symbol
 * in a section with instructions, in the order of the sections and of the functions in them. Those in {@code .text} are
 * sub-programs, all others are programs.
 */
final class Functions {
    private static final Comparator<Function> FILE_ORDER =
            Comparator.<Function>comparingInt(f -> f.section().index()).thenComparingInt(Function::start);

    /** More functions in one object than this are taken for an attack on the reader's memory. */
    private static final int MAX_FUNCTIONS = 1 << 16;

    private final List<Function> all;

    /** The index of the {@code .text} section, or 0, which is never one, when the object has none. */
    private final int text;

    private Functions(List<Function> all, int text) {
        this.all = all;
        this.text = text;
    }

    /**
     * Finds the functions.
     *
     * @throws InputException when a function does not fit its section, overlaps another, has the name of another, or is
     *     static outside of {@code .text}
     */
    static Functions of(ElfObject object) throws InputException {
        int text = textSection(object);
        List<Function> found = new ArrayList<>();
        for (int i = 0; i < object.symbolCount(); i++) {
            Symbol symbol = object.symbol(i);
            if (symbol.isFunction() && symbol.isInSection()) {
                Section section = object.sections().get(symbol.section());
                if (section.holdsCode()) {
                    found.add(function(symbol, section, text));
                    if (found.size() > MAX_FUNCTIONS) {
                        throw object.fault("has more than " + MAX_FUNCTIONS + " functions");
                    }
                }
            }
        }
        found.sort(FILE_ORDER);
        refuseOverlaps(found);
        return new Functions(found, text);
    }

    /** Returns the programs that a loader would load, in file order; possibly none. */
    List<Function> entries() throws InputException {
        List<Function> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Function function : all) {
            if (!isText(function.section().index())) {
                entries.add(function);
                if (!names.add(function.name())) {
                    throw function.section().contents().fault("has a second program named " + function.name());
                }
            }
        }
        return entries;
    }

    /** Returns the function at an instruction of {@code .text}, or null when there is none. */
    @Nullable
    Function subprogramAt(long instruction) {
        return at(text, instruction);
    }

    /** Returns the function that contains an instruction, or null when none does. */
    @Nullable
    Function at(int section, long instruction) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Function function = all.get(middle);
            if (function.contains(section, instruction)) {
                return function;
            }
            if (isBehind(function, section, instruction)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return null;
    }

    boolean isText(int section) {
        return text != 0 && section == text;
    }

    private static boolean isBehind(Function function, int section, long instruction) {
        int index = function.section().index();
        return index > section || (index == section && function.start() > instruction);
    }

    private static Function function(Symbol symbol, Section section, int text) throws InputException {
        String name = symbol.name();
        long size = symbol.size();
        if (size == 0 || size % Instructions.SLOT_SIZE != 0 || symbol.value() % Instructions.SLOT_SIZE != 0) {
            throw section.contents().fault("has function " + name + ", which is not whole instructions");
        }
        if (symbol.isLocal() && section.index() != text) {
            throw section.contents().fault("has program " + name + ", which is static; programs are global");
        }
        Region code = section.contents().slice("function " + name, symbol.value(), size);
        return new Function(name, section, (int) (symbol.value() / Instructions.SLOT_SIZE), code);
    }

    private static void refuseOverlaps(List<Function> sorted) throws InputException {
        for (int i = 1; i < sorted.size(); i++) {
            Function before = sorted.get(i - 1);
            Function function = sorted.get(i);
            if (before.contains(function.section().index(), function.start())) {
                throw function.section()
                        .contents()
                        .fault("has functions " + before.name() + " and " + function.name() + " in the same place");
            }
        }
    }

    private static int textSection(ElfObject object) throws InputException {
        int text = 0;
        for (Section section : object.sections()) {
            if (section.holdsCode() && section.name().equals(Section.TEXT)) {
                if (text != 0) {
                    throw object.fault("has two sections named " + Section.TEXT);
                }
                text = section.index();
            }
        }
        return text;
    }
}
