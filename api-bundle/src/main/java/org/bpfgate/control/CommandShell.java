package org.bpfgate.control;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A shell for operators: runs words of the command line one after the other, as they are typed or as a script has them. The words are given
 * to it; what is between them (pipes, variables, editing of the line) is its own. For one thread.
 */
@ProviderType
public interface CommandShell {
    /** What can be typed, and what it does. */
    @ConsumerType
    interface Words {
        /** Returns the verbs, and of each the words that may follow, for completion and help. */
        Map<String, List<String>> verbs();

        /**
         * Runs a verb.
         *
         * @param words the verb and its arguments
         * @param out takes what it prints, in UTF-8
         * @param err takes its diagnostics
         * @return its exit code
         */
        int run(List<String> words, OutputStream out, OutputStream err);

        /** Ends the verb that runs, if it can be; called from another thread. */
        void interrupt();
    }

    /**
     * Runs a script.
     *
     * @return the exit code of the last word that was run; 0 when there was none, 2 when the script is wrong
     */
    int execute(Words words, String script);

    /**
     * Reads lines from the terminal of this process until its end, or {@code exit}. Where standard input is no terminal it is a script.
     *
     * @return as {@link #execute}
     */
    int converse(Words words);
}
