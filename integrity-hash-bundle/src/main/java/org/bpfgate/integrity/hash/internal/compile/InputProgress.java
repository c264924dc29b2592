package org.bpfgate.integrity.hash.internal.compile;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.allowlist.ListProgress;
import org.bpfgate.integrity.hash.internal.list.AllowlistEntry;
import org.bpfgate.integrity.hash.internal.text.AllowlistFile;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * Reports how far the reading of lists is. The bytes that an entry takes in its file are estimated, without comments and characters of several
 * bytes; at the end of each file the count is exact. For one thread.
 */
final class InputProgress {
    /** Entries between two words about it. */
    private static final int STEP = 1 << 16;

    /** Characters of a line besides the name: digits, two spaces, the line feed. */
    private static final int LINE = 2 * ProgramDigest.SIZE + 3;

    private static final int TYPE = " # type=".length();
    private static final int ATTACH = " attach=".length();
    private static final int SOURCE = " source=".length();

    private final ListProgress heard;
    private long entries;
    private long total;
    private long finished;
    private long bytes;

    InputProgress(ListProgress heard) {
        this.heard = heard;
    }

    /** These files are read next. */
    void expect(List<Path> lists) {
        for (Path list : lists) {
            total += AllowlistFile.size(list);
        }
    }

    /** An entry was read. */
    void read(AllowlistEntry entry) {
        bytes += length(entry);
        if (++entries % STEP == 0) {
            heard.read(Math.min(bytes, total), total);
        }
    }

    /** A file was read to its end. */
    void finished(Path list) {
        finished += AllowlistFile.size(list);
        bytes = finished;
        heard.read(Math.min(bytes, total), total);
    }

    private static int length(AllowlistEntry entry) {
        ProgramType type = entry.type();
        String attach = entry.attachText();
        String source = entry.source();
        return LINE
                + entry.name().length()
                + (type == null ? 0 : TYPE + type.label().length())
                + (attach == null ? 0 : ATTACH + attach.length())
                + (source == null ? 0 : SOURCE + source.length());
    }
}
