package org.bpfgate.command.internal.elf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.LinkOrder;
import org.bpfgate.command.internal.program.Opcode;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;
import org.jspecify.annotations.Nullable;

/**
 * Makes the instructions of one program as a loader would load them: each sub-program that it reaches is appended once, in the order that the
 * loader has, and then the calls are pointed to where the functions came to lie ({@code bpf_object__reloc_code} and
 * {@code bpf_object__relocate_data} of libbpf).
 */
final class Linker {
    /** {@code BPF_MAX_SUBPROGS} of {@code include/linux/bpf_verifier.h}; it also bounds the recursion here. */
    private static final int MAX_FUNCTIONS = 256;

    private final Function program;
    private final Functions functions;
    private final References references;
    private final CoreRelocations coreRelocations;
    private final Image image;
    private final Map<Function, Integer> placed = new LinkedHashMap<>();
    private boolean refersToMaps;
    private @Nullable String pending;

    private Linker(Function program, Functions functions, References references, CoreRelocations coreRelocations) {
        this.program = program;
        this.functions = functions;
        this.references = references;
        this.coreRelocations = coreRelocations;
        this.image = new Image(program);
    }

    /**
     * Links one entry program.
     *
     * @throws InputException when a call or an address leads nowhere, or the program is larger than the kernel takes
     */
    static Instructions link(
            Function program,
            LinkOrder order,
            Functions functions,
            References references,
            CoreRelocations coreRelocations)
            throws InputException {
        Linker linker = new Linker(program, functions, references, coreRelocations);
        if (order == LinkOrder.FIRST_REFERENCE) {
            linker.placeAtFirstReference(program);
        } else {
            linker.placeByName(program);
        }
        for (Map.Entry<Function, Integer> function : linker.placed.entrySet()) {
            linker.resolve(function.getKey(), function.getValue());
        }
        return linker.instructions();
    }

    private Instructions instructions() {
        byte[] bytes = image.toByteArray();
        if (pending != null) {
            return Instructions.unlinked(bytes, RelocationState.PENDING, pending);
        }
        if (refersToMaps) {
            return Instructions.unlinked(
                    bytes,
                    RelocationState.MAP_FDS_PENDING,
                    "the file descriptors of its maps are known only at the load");
        }
        return Instructions.of(bytes);
    }

    private void placeAtFirstReference(Function function) throws InputException {
        place(function);
        for (Function callee : callees(function)) {
            if (!placed.containsKey(callee)) {
                placeAtFirstReference(callee);
            }
        }
    }

    private void placeByName(Function program) throws InputException {
        place(program);
        Deque<Function> waiting = new ArrayDeque<>(calleesByName(program));
        while (!waiting.isEmpty()) {
            Function next = waiting.remove();
            if (!placed.containsKey(next)) {
                place(next);
                waiting.addAll(calleesByName(next));
            }
        }
    }

    private void place(Function function) throws InputException {
        if (placed.size() == MAX_FUNCTIONS) {
            throw function.code().fault("is one too many: a program has at most " + MAX_FUNCTIONS + " functions");
        }
        placed.put(function, image.append(function));
    }

    private List<Function> calleesByName(Function function) throws InputException {
        List<Function> callees = callees(function);
        callees.sort(Comparator.comparing(Function::name));
        return callees;
    }

    /** Returns the functions that the instructions of a function refer to, in the order of these. */
    private List<Function> callees(Function function) throws InputException {
        Map<Integer, Reference> known = references.of(function);
        List<Function> callees = new ArrayList<>();
        for (int i = 0; i < function.count(); i++) {
            Function callee = callee(known.get(i), function, i);
            if (callee != null) {
                callees.add(callee);
            }
        }
        return callees;
    }

    /** Returns the function that an instruction refers to; null when it refers to none. */
    private @Nullable Function callee(@Nullable Reference reference, Function function, int instruction)
            throws InputException {
        long immediate = Image.immediate(function, instruction);
        return switch (reference) {
            // A call inside one section needs no relocation: its distance is already right for the section.
            case null -> {
                if (Image.isFunctionAddress(function, instruction)) {
                    throw function.code().fault("takes the address of no function at instruction " + instruction);
                }
                yield Image.isSubprogramCall(function, instruction)
                        ? target(
                                function.section().index(),
                                (long) function.start() + instruction + immediate + 1,
                                function,
                                instruction)
                        : null;
            }
            case Reference.Call call ->
                target(
                        call.section(),
                        call.symbolOffset() / Instructions.SLOT_SIZE + immediate + 1,
                        function,
                        instruction);
            case Reference.FunctionAddress address -> {
                long target = address.symbolOffset() + immediate;
                if (target % Instructions.SLOT_SIZE != 0) {
                    throw function.code().fault("takes an address inside an instruction at instruction " + instruction);
                }
                yield target(address.section(), target / Instructions.SLOT_SIZE, function, instruction);
            }
            default -> null;
        };
    }

    /**
     * Finds a function that is referred to. The program itself is none: a loader would have to append it to itself, and the kernel refuses
     * recursion.
     */
    private Function target(int section, long target, Function function, int instruction) throws InputException {
        Function found = functions.target(section, target, function, instruction);
        if (found.isSamePlaceAs(program)) {
            throw function.code().fault("refers to the program itself at instruction " + instruction);
        }
        return found;
    }

    private void resolve(Function function, int base) throws InputException {
        if (coreRelocations.apply(function)) {
            setPending("CO-RE relocations depend on the running kernel's types");
        }
        Map<Integer, Reference> known = references.of(function);
        for (int i = 0; i < function.count(); i++) {
            resolve(known.get(i), function, i, base + i);
        }
    }

    private void resolve(@Nullable Reference reference, Function function, int instruction, int slot)
            throws InputException {
        Function callee = callee(reference, function, instruction);
        if (callee != null) {
            Integer start = placed.get(callee);
            if (start == null) {
                throw new IllegalStateException("every function that is referred to was placed");
            }
            image.setImmediate(slot, start - slot - 1);
        }
        switch (reference) {
            case Reference.FunctionAddress address -> image.setSource(slot, Opcode.PSEUDO_FUNC);
            case Reference.MapDescriptor map -> setMap(function, instruction, slot, Opcode.PSEUDO_MAP_FD);
            case Reference.MapValue variable -> {
                long offset = variable.symbolOffset() + image.immediate(slot);
                setMap(function, instruction, slot, Opcode.PSEUDO_MAP_VALUE);
                image.setImmediate(slot + 1, (int) offset);
            }
            case Reference.KernelSetting setting -> setMap(function, instruction, slot, Opcode.PSEUDO_MAP_VALUE);
            case Reference.KernelSymbol symbol ->
                setPending("refers to the kernel symbol " + symbol.symbol().name());
            case null -> {}
            default -> {}
        }
    }

    /** The file descriptor is left 0: it is known only at the load. */
    private void setMap(Function function, int instruction, int slot, int kind) throws InputException {
        if (instruction + 1 >= function.count()) {
            throw function.code().fault("ends in the middle of a 64-bit load");
        }
        refersToMaps = true;
        image.setSource(slot, kind);
        image.setImmediate(slot, 0);
    }

    private void setPending(String reason) {
        if (pending == null) {
            pending = reason;
        }
    }
}
