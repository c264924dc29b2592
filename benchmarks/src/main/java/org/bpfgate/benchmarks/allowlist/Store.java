package org.bpfgate.benchmarks.allowlist;

import java.nio.file.Path;
import java.sql.SQLException;
import org.bpfgate.program.ProgramDigest;

/** A way to keep digests. Its files are made once and then opened and asked, never changed. */
interface Store {
    /** Returns the name in the report. */
    String name();

    /**
     * Makes the file.
     *
     * @param sorted a text list in ascending order, without duplicates
     * @param count its lines
     */
    void make(Path sorted, long count) throws Exception;

    /** Returns the file to be opened. */
    Path file();

    /** Makes ready for lookups. */
    Opened open() throws Exception;

    /** An open store. */
    interface Opened extends AutoCloseable {
        /** Returns what one thread asks; it is closed with the store. */
        Reader reader() throws Exception;

        @Override
        void close() throws SQLException;
    }

    /** Asks on one thread. */
    @FunctionalInterface
    interface Reader {
        /** Returns whether the digest is in the store. */
        boolean contains(ProgramDigest digest) throws Exception;
    }
}
