package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.PROG_TYPE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.kernel.internal.object.KernelMap;
import org.bpfgate.kernel.internal.object.KernelTags;
import org.bpfgate.kernel.internal.object.LoadedInfo;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;

/**
 * Compares a program that the kernel has loaded with what was decided on, before anybody gets a descriptor for it. Compared are
 * type, name, tag, the maps used, and the attach target where the kernel reports it. The instructions are not: the kernel shows them only
 * as the verifier has rewritten them.
 *
 * <p>Where the numbers of maps come from: the kernel counts a map once, however many descriptors and instructions refer to it
 * ({@code __add_used_map()} of {@code kernel/bpf/verifier.c}), and adds none that no instruction and no bound entry of
 * {@code fd_array} refers to.
 */
final class LoadedProgramCheck {
    private final KernelTags tags;

    LoadedProgramCheck(KernelTags tags) {
        this.tags = tags;
    }

    /**
     * Compares.
     *
     * @param loaded what the kernel reports
     * @param copy what the kernel was given
     * @param load what was decided on
     * @param maps the maps that were decided on, still open
     * @return what differs, for people; empty when nothing does
     */
    Optional<String> difference(LoadedInfo loaded, LoadCopy copy, ProgramLoad load, List<KernelMap> maps) {
        List<String> differences = new ArrayList<>();
        add(differences, "type", copy.original().getInt(PROG_TYPE), loaded.type());
        add(differences, "name", load.program().name(), loaded.name());
        Instructions given = copy.loadedOtherwise()
                .map(Instructions::of)
                .orElseGet(() -> load.program().instructions());
        if (!tags.isTagOf(given, loaded.tag())) {
            add(differences, "tag", given.digest().orElseThrow().tag(), loaded.tag());
        }
        add(differences, "maps", ids(maps), loaded.mapIds());
        loaded.attachBtfId()
                .ifPresent(id -> add(
                        differences,
                        "attach_btf_id",
                        load.attributes().attachTarget().btfId(),
                        id));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the kernel loaded something else than was decided on: " + String.join("; ", differences));
    }

    private static Set<Integer> ids(List<KernelMap> maps) {
        Set<Integer> ids = new TreeSet<>();
        for (KernelMap map : maps) {
            OptionalInt id = map.id();
            ids.add(id.orElse(-1));
        }
        return ids;
    }

    private static void add(List<String> differences, String what, Object decided, Object loaded) {
        if (!decided.equals(loaded)) {
            differences.add(what + " " + loaded + " instead of " + decided);
        }
    }
}
