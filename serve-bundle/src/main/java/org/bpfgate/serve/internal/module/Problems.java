package org.bpfgate.serve.internal.module;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong now, for the status of the gate: one line for each subject, logged when it is new. Safe for use by several threads. */
final class Problems {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    private final Map<String, String> lines = new TreeMap<>();

    /** Something is wrong with a subject. */
    void set(String subject, String line) {
        synchronized (lines) {
            if (line.equals(lines.put(subject, line))) {
                return;
            }
        }
        LOG.log(Level.WARNING, line);
    }

    /** Nothing is wrong with a subject any more. */
    void clear(String subject) {
        synchronized (lines) {
            lines.remove(subject);
        }
    }

    /** Forgets subjects that begin with a word and are not named. */
    void retain(String word, List<String> subjects) {
        synchronized (lines) {
            lines.keySet().removeIf(subject -> subject.startsWith(word) && !subjects.contains(subject));
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines.values());
        }
    }
}
