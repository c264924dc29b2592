package org.bpfgate.command.internal.list;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.allowlist.ListedProgram;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputFile;
import org.bpfgate.program.ProgramType;

/** What is added to a text list: a line for each program that it does not let in yet. The lines that are there stay. For one thread. */
public final class TextListAddition {
    private final Path list;
    private final Set<EntryKey> listed = new HashSet<>();
    private final StringBuilder lines = new StringBuilder();
    private int added;

    /**
     * Reads the entries of a list.
     *
     * @param list a text list that can be used
     * @throws InputException when it cannot be read
     */
    public TextListAddition(Path list) throws InputException {
        this.list = list;
        try (Stream<String> old = Files.lines(list)) {
            old.forEach(line -> EntryKey.of(line).ifPresent(listed::add));
        } catch (IOException e) {
            throw new InputException(list, TextFileWriter.explain(e));
        }
    }

    /**
     * Adds a program.
     *
     * @param source where it comes from, for whoever reviews the list
     */
    public void add(ListedProgram program, String source) {
        ListedAttach attach = program.attach();
        EntryKey key = new EntryKey(
                program.digest().hex(),
                program.type() == ProgramType.UNSPEC ? "" : program.type().label(),
                attach == null ? "" : attach.text(program.type()));
        if (key.isCoveredBy(listed)) {
            return;
        }
        listed.add(key);
        lines.append(TextList.entry(program.digest(), program.name(), program.type(), attach))
                .append(" source=")
                .append(source)
                .append('\n');
        added++;
    }

    /**
     * Writes the lines, all or none.
     *
     * @throws InputException when they cannot be written
     */
    public void write() throws InputException {
        if (added == 0) {
            return;
        }
        try (TextFileWriter file = TextFileWriter.open(list, true)) {
            file.write(lines.toString());
        } catch (IOException e) {
            throw OutputFile.fault(list, e);
        }
    }

    /** Returns how many digests the list has now. */
    public long digests() {
        return listed.stream().map(EntryKey::digest).distinct().count();
    }

    /** Returns how many entries were added. */
    public int added() {
        return added;
    }
}
