package org.bpfgate.command.internal.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bpfgate.command.internal.context.Count;
import org.bpfgate.command.internal.list.EntryKey;
import org.bpfgate.command.internal.list.TextList;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;

/**
 * What each run of a command loaded, to find the programs that are not the same every time: a list cannot let in the next ones. Not safe
 * for use by several threads.
 */
final class LearnedRuns {
    private final Map<EntryKey, Set<Integer>> runs = new LinkedHashMap<>();
    private final Map<EntryKey, Loader> loaders = new HashMap<>();
    private int current;

    /**
     * Who loads programs of one type.
     *
     * @param executable the path of the client's executable; its comm where that is not known
     * @param sha256 the SHA-256 of the executable; empty when it is not known
     * @param type the name of the type
     */
    private record Client(String executable, Optional<String> sha256, String type) {}

    private record Loader(Client client, int instructions) {}

    /** The next loads belong to another run. */
    void next() {
        current++;
    }

    /** Adds a load of the current run. */
    void add(EntryKey key, ProgramLoad load) {
        runs.computeIfAbsent(key, k -> new HashSet<>()).add(current);
        loaders.computeIfAbsent(
                key,
                k -> new Loader(client(k, load), load.program().instructions().count()));
    }

    private static Client client(EntryKey key, ProgramLoad load) {
        Optional<LoadClient> client = load.client();
        String executable = client.flatMap(LoadClient::executable)
                .or(() -> client.map(LoadClient::comm))
                .orElse("an unknown client");
        return new Client(TextList.printable(executable), client.flatMap(LoadClient::executableSha256), key.type());
    }

    /** Returns the programs that were not loaded in every run. */
    Set<EntryKey> differing() {
        Set<EntryKey> differing = new HashSet<>();
        runs.forEach((key, seen) -> {
            if (seen.size() < current) {
                differing.add(key);
            }
        });
        return differing;
    }

    /** Returns a rule for each client and type whose programs differ, behind a line about them that is a comment of policies. */
    List<String> rules() {
        Map<String, List<Loader>> groups = new TreeMap<>();
        for (EntryKey key : differing()) {
            Loader loader = loaders.get(key);
            if (loader != null) {
                groups.computeIfAbsent(loader.client().executable() + " " + key.type(), k -> new ArrayList<>())
                        .add(loader);
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<Loader> group : groups.values()) {
            Client client = group.getFirst().client();
            int largest = group.stream().mapToInt(Loader::instructions).max().orElse(0);
            lines.add("# " + client.executable() + " loaded " + Count.of(group.size(), "program") + " of type "
                    + client.type() + " that " + (group.size() == 1 ? "was" : "were") + " not in every run:");
            // Without the executable the rule would let in everybody's programs of that type.
            lines.add(client.sha256()
                    .map(digest -> "op=BPF_PROG_LOAD bpf_client_exe=sha256:" + digest + " bpf_prog_type="
                            + client.type() + " bpf_insn_max=" + largest + " action=ALLOW")
                    .orElse("# no rule: its executable could not be read"));
        }
        return lines;
    }
}
