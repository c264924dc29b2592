package org.bpfgate.integrity.hash.internal.list;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.allowlist.ListProgress;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.integrity.hash.internal.text.AllowlistReader;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/** Programs and lists of the tests. */
public final class Lists {
    public static final Path LIST = Path.of("allowlist");

    /** Progress that no test looks at. */
    public static final ListProgress UNHEARD = new ListProgress() {
        @Override
        public void read(long bytes, long total) {}

        @Override
        public void writing() {}
    };

    private Lists() {}

    /** {@code r0 = number; exit}. */
    public static Instructions returning(int number) {
        return Instructions.of(
                new byte[] {(byte) 0xb7, 0, 0, 0, (byte) number, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});
    }

    public static BpfProgram program(String name, ProgramType type, Instructions instructions) {
        return new BpfProgram(name, type, instructions);
    }

    /** A load of such a program that names no attach type. */
    public static ProgramLoad load(String name, ProgramType type, Instructions instructions) {
        return ProgramLoad.of(program(name, type, instructions));
    }

    public static String hex(Instructions instructions) {
        return instructions.digest().orElseThrow().hex();
    }

    public static List<AllowlistEntry> entries(String text) throws AllowlistException {
        List<AllowlistEntry> entries = new ArrayList<>();
        AllowlistReader.parse(LIST, text.getBytes(StandardCharsets.UTF_8), entries::add);
        return entries;
    }

    static AllowlistSet list(String text) throws AllowlistException {
        return new AllowlistSet(List.of(textList(text)), List.of());
    }

    static TextDigestList textList(String text) throws AllowlistException {
        Allowlist.Builder entries = new Allowlist.Builder();
        Validity validity = AllowlistReader.parse(LIST, text.getBytes(StandardCharsets.UTF_8), entries);
        return new TextDigestList(LIST.toString(), "", validity, entries.build());
    }
}
