package org.bpfgate.command.internal.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.Count;
import org.bpfgate.command.internal.gate.SkeletonLoader;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.list.EntryKey;
import org.bpfgate.command.internal.list.TextFileWriter;
import org.bpfgate.command.internal.list.TextList;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * Writes the programs that a command loads as the lines of an allowlist, each program, type and way of attaching once, when it is loaded.
 * Known probes of the kernel are comments there: a policy knows them by a word of its own. So is, at the end, what the kernel
 * refused each time. Safe for use by several threads.
 */
final class LearnedPrograms implements MediationListener {
    private static final String HEADER = "# Programs that \"bpfgate learn\" saw. Remove what should not be let in.\n";

    private static final String POLICY = """
            # dialect: bpfgate
            #
            # Proposed by "bpfgate learn": what the allowlist names and libbpf's
            # probes of the kernel may be loaded, nothing else.
            policy_name=learned policy_version=1.0.0
            DEFAULT action=DENY
            op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW
            op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW
            """;

    private final Console console;
    private final @Nullable Path list;
    private final @Nullable TextFileWriter listFile;
    private final @Nullable TextFileWriter policyFile;

    /** The entries that were in the list before; what they let in needs no line. */
    private final Set<EntryKey> before = new HashSet<>();

    /** The entries of this run: one for each program, type and way of attaching, for whoever reviews the list. */
    private final Set<EntryKey> listed = new HashSet<>();

    /** Those on which the list has a comment. */
    private final Set<EntryKey> commented = new HashSet<>();

    /** The lines that are in no file: all of them without a file, else those that could not be written. */
    private final List<String> unwritten = new ArrayList<>();

    private final Set<EntryKey> programs = new HashSet<>();
    private final Set<EntryKey> probes = new HashSet<>();

    /** The comments on programs that the kernel refused each time, or that were not seen to be loaded. */
    private final Map<EntryKey, String> leftOut = new LinkedHashMap<>();

    private final LearnedRuns runs = new LearnedRuns();
    private @Nullable IOException fault;
    private boolean isBegun;
    private int loads;
    private int loaders;

    private LearnedPrograms(
            Console console,
            @Nullable Path list,
            @Nullable TextFileWriter listFile,
            @Nullable TextFileWriter policyFile) {
        this.console = console;
        this.list = list;
        this.listFile = listFile;
        this.policyFile = policyFile;
    }

    /**
     * Prepares the files.
     *
     * @param list the file; null for standard error, and no policy
     * @param appends whether the entries of a list that is there are kept; its policy is left alone then
     * @throws InputException when one cannot be written, or holds something that is not to be lost: what is no list
     */
    static LearnedPrograms open(@Nullable Path list, boolean appends, Console console) throws InputException {
        if (list == null) {
            return new LearnedPrograms(console, null, null, null);
        }
        List<String> old = lines(list, appends);
        Path policy = Path.of(list + ".ipe");
        TextFileWriter listFile = TextFileWriter.open(list, appends);
        try {
            TextFileWriter policyFile = appends && Files.exists(policy) ? null : TextFileWriter.open(policy, false);
            LearnedPrograms learned = new LearnedPrograms(console, list, listFile, policyFile);
            if (appends) {
                old.forEach(learned::know);
            }
            return learned;
        } catch (InputException e) {
            discard(listFile);
            throw e;
        }
    }

    /** Returns the lines of a file that is there, which must be a list. Only one that is appended to must be text. */
    private static List<String> lines(Path list, boolean appends) throws InputException {
        if (!Files.isRegularFile(list)) {
            return List.of();
        }
        String otherwise = "is no text list"
                + (appends ? ", and --append adds to text lists only" : "; learn does not overwrite it");
        try {
            List<String> lines = Files.readAllLines(list);
            if (!lines.stream().allMatch(TextList::isLine)) {
                throw new InputException(list, otherwise);
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new InputException(list, otherwise);
        } catch (IOException e) {
            throw new InputException(list, TextFileWriter.explain(e));
        }
    }

    private void know(String line) {
        EntryKey.of(line).ifPresent(before::add);
        LearnedLine.commented(line).ifPresent(commented::add);
    }

    @Override
    public synchronized void mediated(MediationRecord mediated) {
        if (mediated.load().isEmpty()) {
            return;
        }
        loads++;
        ProgramLoad load = mediated.load().get();
        EntryKey key = LearnedLine.key(load);
        if (load.probe().isPresent()) {
            // What the kernel answered is what a probe is for: it is told in either case.
            probes.add(key);
            if (commented.add(key)) {
                write(LearnedLine.probe(key, load.probe().get(), load));
            }
        } else if (mediated.loaded().isEmpty() && !isLeftToTheKernel(load)) {
            if (!programs.contains(key)) {
                leftOut.putIfAbsent(key, LearnedLine.leftOut(key, reason(mediated), load));
            }
        } else {
            // Loaders try again with less, such as without BTF.
            leftOut.remove(key);
            runs.add(key, load);
            programs.add(key);
            if (!key.isCoveredBy(before) && listed.add(key)) {
                boolean loads = SkeletonLoader.is(load.program());
                loaders += loads ? 1 : 0;
                write((loads ? LearnedLine.LOADER : "") + LearnedLine.entry(key, load));
            }
        }
    }

    /** What the gate could not load is left to the kernel: whether the client's own call succeeds, and with what, it does not see. */
    private static String reason(MediationRecord mediated) {
        return mediated.refusal()
                .map(refusal -> "refused by the kernel (" + refusal.errno()
                        + ") when the gate tried it, and left to the client")
                .orElse("left to the kernel with an outcome that is not known");
    }

    /** Rules that are proposed name the executable. */
    @Override
    public boolean wantsClient() {
        return true;
    }

    /** A permissive gate does not see what the kernel says to loads with a signature, for a device, or with a token. */
    private static boolean isLeftToTheKernel(ProgramLoad load) {
        return load.signature().isPresent()
                || load.attributes().interfaceIndex() != 0
                || (load.attributes().flags() & LoadFlag.TOKEN_FD.mask()) != 0;
    }

    /** The next loads belong to another run of the command. */
    synchronized void nextRun() {
        runs.next();
    }

    private void write(String line) {
        if (listFile == null) {
            unwritten.add(line);
            return;
        }
        try {
            begin(listFile);
            listFile.write(line);
        } catch (IOException e) {
            unwritten.add(line);
            fault = fault == null ? e : fault;
        }
    }

    private void begin(TextFileWriter file) throws IOException {
        if (isBegun) {
            return;
        }
        if (policyFile != null) {
            tellReplaced(Path.of(list + ".ipe"), policyFile);
            policyFile.write(POLICY);
        }
        tellReplaced(Path.of(String.valueOf(list)), file);
        if (file.isEmpty()) {
            file.write(HEADER);
        }
        isBegun = true;
    }

    private void tellReplaced(Path path, TextFileWriter file) {
        if (file.replaces()) {
            console.note(path + ": what it held is now in " + path + TextFileWriter.EARLIER);
        }
    }

    /** The command was not run: nothing was learned, and no new file is left behind. */
    synchronized void discard() {
        discard(listFile);
        discard(policyFile);
    }

    private static void discard(@Nullable TextFileWriter file) {
        try {
            if (file != null) {
                file.discard();
            }
        } catch (IOException e) {
            // An empty file that is left over lets nothing in.
        }
    }

    /**
     * Ends the list, and tells what was learned.
     *
     * @param runCount how often the command was run
     * @return false when something could not be written; it was printed then
     */
    synchronized boolean finish(int runCount) {
        List<String> rules = runCount > 1 ? runs.rules() : List.of();
        leftOut.forEach((key, line) -> {
            if (commented.add(key)) {
                write(line);
            }
        });
        if (listFile != null && !isBegun && fault == null && listFile.replaces()) {
            discard();
            console.error("nothing was learned from " + Count.of(loads, "load") + "; " + list + " stays as it was");
            return true;
        }
        if (listFile == null) {
            console.lines(HEADER + String.join("", unwritten));
            tellLoaders();
            tellRuns(runCount, rules);
            return true;
        }
        end(listFile, rules);
        if (fault != null) {
            console.error(list + ": cannot be written: " + TextFileWriter.explain(fault)
                    + "; these lines are missing there:");
            console.lines(String.join("", unwritten));
        }
        console.error(summary());
        tellLoaders();
        tellRuns(runCount, rules);
        return fault == null;
    }

    private void end(TextFileWriter file, List<String> rules) {
        try (file;
                TextFileWriter policy = policyFile) {
            begin(file);
            if (policy != null && !rules.isEmpty()) {
                policy.write("# No list can name these. Take the number sign of a rule away to let the next ones in:\n"
                        + comments(rules));
            }
        } catch (IOException e) {
            fault = fault == null ? e : fault;
        }
    }

    private static String comments(List<String> rules) {
        StringBuilder text = new StringBuilder();
        for (String rule : rules) {
            text.append(rule.startsWith("#") ? "" : "# ").append(rule).append('\n');
        }
        return text.toString();
    }

    private String summary() {
        String asked = probes.isEmpty() ? "" : " and " + Count.of(probes.size(), "feature probe");
        String left = leftOut.isEmpty() ? "" : " (" + leftOut.size() + " not seen to be loaded, comments in the list)";
        return "learned " + Count.of(programs.size(), "program") + asked + " from " + Count.of(loads, "load") + left
                + "; look through " + list + " and " + list + ".ipe";
    }

    private void tellLoaders() {
        if (loaders > 0) {
            console.warning(Count.of(loaders, "listed program")
                    + " can load programs, as the loaders of light skeletons do, and the list does not vouch for those; see the"
                    + " comments in the list");
        }
    }

    private void tellRuns(int runCount, List<String> rules) {
        if (runCount < 2) {
            return;
        }
        int differing = runs.differing().size();
        if (differing == 0) {
            console.error("all " + runCount + " runs loaded the same programs");
            return;
        }
        console.warning(differing + " of " + Count.of(programs.size(), "program") + (differing == 1 ? " was" : " were")
                + " not in every run; a list will not let in the"
                + " next ones. Rules that fit such clients"
                + (policyFile == null ? "" : ", in " + list + ".ipe as comments") + ":");
        rules.forEach(console::error);
    }
}
