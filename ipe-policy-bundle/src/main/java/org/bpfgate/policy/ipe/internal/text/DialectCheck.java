package org.bpfgate.policy.ipe.internal.text;

import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.Dialect;

/** Refuses words of another dialect, and says whose they are. */
public final class DialectCheck {
    private DialectCheck() {}

    /**
     * Refuses a word that the dialect of the policy lacks.
     *
     * @param word where it stands
     * @param name what of it is foreign; a word of the language
     * @param since the first dialect that has it
     * @param dialect the dialect of the policy
     */
    public static void refuse(Word word, String name, Dialect since, Dialect dialect) throws PolicySyntaxException {
        if (!dialect.includes(since)) {
            throw word.error(
                    Errno.EBADMSG,
                    0,
                    "\"" + name + "\" is a word of the dialect " + since.label() + ", and this policy is read as "
                            + dialect.label());
        }
    }
}
