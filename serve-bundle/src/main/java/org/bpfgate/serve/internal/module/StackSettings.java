package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.util.List;

/** Writes the settings of the stack to where all settings are kept. */
@FunctionalInterface
public interface StackSettings {
    /**
     * Writes one setting of {@code org.bpfgate.framework}.
     *
     * @param key such as {@code lsm.order}
     * @param names its value; empty for none
     * @throws IOException when it is not written; one line with the file
     */
    void write(String key, List<String> names) throws IOException;
}
