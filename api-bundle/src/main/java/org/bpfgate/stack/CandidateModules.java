package org.bpfgate.stack;

import java.util.Map;
import java.util.Optional;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.settings.SettingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes a second instance of a module with other settings, for a candidate. A module's bundle registers it as a service with the
 * property {@value #LSM}.
 */
@ConsumerType
public interface CandidateModules {
    /** The service property that names the module, a text. */
    String LSM = "bpfgate.lsm";

    /**
     * Makes an instance. It has no service, and changes nothing outside of itself.
     *
     * @param changes settings, texts by key, that it has instead of those in force; the other ones are in force for it too
     * @throws SettingException when one of them cannot be used
     */
    Candidate make(Map<String, String> changes) throws SettingException;

    /** An instance, and the way by which the module itself takes over what it has. */
    interface Candidate {
        /** Returns the instance. */
        SecurityModule module();

        /**
         * Requires that the instance still has what its sources have now. Called before a promotion.
         *
         * @throws SettingException when a file that it was made of has changed since, or cannot be read any more
         */
        default void requireCurrent() throws SettingException {
            // An instance without files is always current.
        }

        /**
         * Returns what the module itself would lose, when that is more than its settings let it lose unasked: one line with figures.
         * Whoever promotes the instance all the same was asked to.
         */
        default Optional<String> loss() {
            return Optional.empty();
        }

        /**
         * Lets the module itself decide as the instance does. Called while the module is not in the stack.
         *
         * @return settings to be kept for its next start, texts by key; empty when the module keeps them itself
         * @throws SettingException when that fails; then nothing has changed
         */
        Map<String, String> adopt() throws SettingException;

        /**
         * Undoes {@link #adopt}. Without effect when it was not called.
         *
         * @throws SettingException when the settings that were in force cannot be used any more
         */
        void revert() throws SettingException;
    }
}
