package org.bpfgate.integrity.hash.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.hash.internal.reload.AllowlistJournal;
import org.bpfgate.settings.ModuleRegistration;
import org.bpfgate.settings.SettingException;
import org.osgi.framework.BundleContext;

/** Registers the module in the stack, with what there is to know about its lists as service properties. Safe for use by several threads. */
final class AllowlistRegistration implements AllowlistJournal.ListProperties {
    /** After the verifiers of signatures, so that reports begin with who signed. */
    static final int RANKING = 200;

    private final ModuleRegistration registration;
    private boolean wanted;
    private int ranking = RANKING;

    /** Prepares the registration. The module is not in the stack yet. */
    AllowlistRegistration(BundleContext context, SecurityModule module) {
        registration = new ModuleRegistration(context, RANKING, module);
    }

    /** Puts lists in use. */
    interface Use {
        /** Ends in a call of {@link #set} when the lists are good. */
        void run() throws SettingException;
    }

    /**
     * Registers the module as soon as its lists are in use. When they cannot be used, nothing changes.
     *
     * @param newRanking the place of the module in the stack from then on
     */
    synchronized void whenUsed(int newRanking, Use lists) throws SettingException {
        boolean wantedBefore = wanted;
        int rankingBefore = ranking;
        wanted = true;
        ranking = newRanking;
        try {
            lists.run();
        } catch (SettingException | RuntimeException e) {
            wanted = wantedBefore;
            ranking = rankingBefore;
            throw e;
        }
    }

    /** Sets the properties, and registers the module if it is wanted and not registered yet. */
    @Override
    public synchronized void set(List<String> lists, List<String> problems, List<String> warnings) {
        if (wanted) {
            registration.ready(ranking, properties(lists, problems, warnings));
        }
    }

    private static Map<String, Object> properties(List<String> lists, List<String> problems, List<String> warnings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AllowlistActivator.LISTS, lists.toArray(String[]::new));
        if (!problems.isEmpty()) {
            properties.put(AllowlistActivator.PROBLEM, problems.toArray(String[]::new));
        }
        if (!warnings.isEmpty()) {
            properties.put(AllowlistActivator.WARNING, warnings.toArray(String[]::new));
        }
        return properties;
    }

    /** Takes the module away until there are lists again. Returns when no load uses it any more. */
    synchronized void withdraw() {
        wanted = false;
        registration.withdraw();
    }

    /** Takes the module away for good. Returns when no load uses it any more. */
    void close() {
        registration.close();
    }
}
