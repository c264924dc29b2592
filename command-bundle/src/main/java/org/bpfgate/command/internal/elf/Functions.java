package org.bpfgate.command.internal.elf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.program.Instructions;
import org.jspecify.annotations.Nullable;

/**
 * The functions of an object: every function symbol in a section with instructions, in the order of the sections and of the functions in
 * them. Those in {@code .text}, and in the sections {@code .text.*} that compilers make of cold or separate functions, are
 * sub-programs, all others are programs.
 *
 * <p>libbpf ({@code bpf_object__add_programs}) knows {@code .text} only, and refuses an object that has a static program; the loaders of
 * Go and Rust take both. So both are read. A function that cannot be read is kept with its fault, and makes only the programs that
 * need it unreadable.
 */
final class Functions {
    private static final Comparator<Function> FILE_ORDER =
            Comparator.<Function>comparingInt(f -> f.section().index()).thenComparingInt(Function::start);

    /** More functions in one object than this are taken for an attack on the reader's memory. */
    private static final int MAX_FUNCTIONS = 1 << 16;

    /** One for each place that instructions are in, sorted; where a function has several names, under the last of these. */
    private final List<Function> places;

    /** The places that cannot be read because other functions are in them too. */
    private final Map<Function, InputException> overlaps;

    private final List<Entry> entries;

    /** Sub-programs that are not whole instructions, by the section and the instruction at which they would begin. */
    private final Map<Place, InputException> strangeText;

    private Functions(Found found) throws InputException {
        List<Function> sorted = new ArrayList<>(found.functions);
        sorted.sort(FILE_ORDER);
        this.places = places(sorted);
        this.overlaps = overlaps(places);
        this.entries = entries(sorted, found.strange);
        this.strangeText = Map.copyOf(found.strangeText);
    }

    /**
     * A program that a loader would load.
     *
     * @param name the name of its symbol
     * @param function what it is; null when it cannot be read
     * @param fault why it cannot be read; null when it can
     */
    record Entry(
            String name,
            @Nullable Function function,
            @Nullable InputException fault) {}

    private record Place(int section, long instruction) {}

    /** What the symbols tell, in their order. */
    private static final class Found {
        private final List<Function> functions = new ArrayList<>();
        private final List<Entry> strange = new ArrayList<>();
        private final Map<Place, InputException> strangeText = new HashMap<>();

        void add(Symbol symbol, Section section) throws InputException {
            String name = symbol.name();
            try {
                functions.add(function(name, symbol, section));
            } catch (InputException e) {
                if (section.isText()) {
                    strangeText.put(new Place(section.index(), symbol.value() / Instructions.SLOT_SIZE), e);
                } else {
                    strange.add(new Entry(name, null, e));
                }
            }
        }

        int count() {
            return functions.size() + strange.size() + strangeText.size();
        }
    }

    /**
     * Finds the functions.
     *
     * @throws InputException when a symbol has no name, or there are too many functions
     */
    static Functions of(ElfObject object) throws InputException {
        Found found = new Found();
        for (int i = 0; i < object.symbolCount(); i++) {
            Symbol symbol = object.symbol(i);
            if (symbol.isFunction() && symbol.isInSection()) {
                Section section = object.sections().get(symbol.section());
                if (section.holdsCode()) {
                    found.add(symbol, section);
                    if (found.count() > MAX_FUNCTIONS) {
                        throw object.fault("has more than " + MAX_FUNCTIONS + " functions");
                    }
                }
            }
        }
        return new Functions(found);
    }

    private static Function function(String name, Symbol symbol, Section section) throws InputException {
        long size = symbol.size();
        if (size == 0 || size % Instructions.SLOT_SIZE != 0 || symbol.value() % Instructions.SLOT_SIZE != 0) {
            throw section.contents().fault("has function " + name + ", which is not whole instructions");
        }
        Region code = section.contents().slice("function " + name, symbol.value(), size);
        return new Function(name, section, (int) (symbol.value() / Instructions.SLOT_SIZE), code);
    }

    /**
     * Keeps one function for each place. Of several names of one function cilium/ebpf knows the last in the symbol table
     * ({@code assignSymbols}), which decides on its place in the order of names.
     */
    private static List<Function> places(List<Function> sorted) {
        List<Function> places = new ArrayList<>();
        for (Function function : sorted) {
            if (!places.isEmpty() && places.getLast().isSamePlaceAs(function)) {
                places.removeLast();
            }
            places.add(function);
        }
        return List.copyOf(places);
    }

    /**
     * Finds functions that share instructions without being the same. No compiler makes them, and loaders do not agree on what they are.
     * The sorted places are compared with the one before that reaches furthest.
     */
    private static Map<Function, InputException> overlaps(List<Function> places) {
        Map<Function, InputException> overlaps = new HashMap<>();
        Function furthest = null;
        for (Function function : places) {
            if (furthest != null && furthest.contains(function.section().index(), function.start())) {
                InputException fault = function.section()
                        .contents()
                        .fault("has functions " + furthest.name() + " and " + function.name() + " in the same place");
                overlaps.putIfAbsent(furthest, fault);
                overlaps.putIfAbsent(function, fault);
            }
            if (furthest == null
                    || furthest.section().index() != function.section().index()
                    || furthest.end() < function.end()) {
                furthest = function;
            }
        }
        return overlaps;
    }

    private static List<Entry> entries(List<Function> sorted, List<Entry> strange) {
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Function function : sorted) {
            if (!function.section().isText()) {
                InputException fault = names.add(function.name())
                        ? null
                        : function.section().contents().fault("has a second program named " + function.name());
                entries.add(new Entry(function.name(), fault == null ? function : null, fault));
            }
        }
        entries.addAll(strange);
        return List.copyOf(entries);
    }

    /** Returns the programs that a loader would load, in file order, and then those that cannot be read; possibly none. */
    List<Entry> entries() {
        return entries;
    }

    /**
     * Returns the function that an instruction refers to.
     *
     * @param from the function that refers to it, for the error
     * @param instruction the instruction of that one that refers to it, for the error
     * @throws InputException when there is none, or it cannot be read
     */
    Function target(int section, long target, Function from, int instruction) throws InputException {
        Function found = at(section, target);
        if (found == null) {
            InputException strange = strangeText.get(new Place(section, target));
            throw strange == null ? from.code().fault("refers to no function at instruction " + instruction) : strange;
        }
        return readable(found);
    }

    /** Returns a function itself, under the name that its references are kept by. */
    Function readable(Function function) throws InputException {
        Function place = at(function.section().index(), function.start());
        InputException overlap = overlaps.get(place == null ? function : place);
        if (overlap != null) {
            throw overlap;
        }
        return place == null ? function : place;
    }

    /** Returns the function that contains an instruction; null when none does. */
    @Nullable
    Function at(int section, long instruction) {
        int low = 0;
        int high = places.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Function function = places.get(middle);
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

    private static boolean isBehind(Function function, int section, long instruction) {
        int index = function.section().index();
        return index > section || (index == section && function.start() > instruction);
    }
}
