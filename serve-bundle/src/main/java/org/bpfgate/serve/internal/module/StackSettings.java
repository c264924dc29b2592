package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.util.Map;

/** The settings of the running gate, for changes of the stack that have to outlive it. */
public interface StackSettings {
    /**
     * Writes settings of a PID, and puts them in force.
     *
     * @param changes values by key; an empty value takes the key out
     * @throws IOException when nothing is written; one line with the file
     */
    void write(String pid, Map<String, String> changes) throws IOException;

    /**
     * Keeps what a PID has now.
     *
     * @throws IOException when it cannot be read
     */
    Saved save(String pid) throws IOException;

    /** The settings of a PID at one moment. */
    interface Saved {
        /** Puts them back. */
        void restore() throws IOException;
    }
}
