package org.bpfgate.integrity.hash.internal;

import java.util.Dictionary;
import java.util.List;
import org.bpfgate.integrity.hash.internal.reload.AllowlistManager;
import org.bpfgate.integrity.hash.internal.reload.AllowlistPaths;
import org.bpfgate.integrity.hash.internal.reload.LossRule;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsInForce;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** Reads the configured lists and hands them to the module. All of them count, or, when one is bad, none. */
final class AllowlistConfiguration implements ManagedService, SettingsTarget.Use {
    /** The setting that holds the paths of the lists of allowed programs. */
    static final String LISTS = "lists";

    /** The setting that holds the paths of the lists of programs that are revoked. */
    static final String REVOCATIONS = "revocations";

    /** The setting that says whether lists must be signed. */
    static final String SIGNED = "signed";

    /** The setting that says whether changes of the files count. */
    static final String FOLLOW = "follow";

    /** The setting that says how many percent of its entries a list may lose unasked. */
    static final String MOST_LOST = "most.lost";

    /** The setting that says whether lists that are not named any more stay in force when too much would be lost. */
    static final String KEEP_REMOVED = "keep.removed";

    /** The setting that holds where counts are kept for the next start. */
    static final String STATE = "state";

    private final SettingsTarget target;
    private final SettingsInForce inForce;
    private final AllowlistManager lists;

    /** Used by one update after the other. */
    private volatile AllowlistPaths inUse = AllowlistPaths.NONE;

    private final AllowlistRegistration registration;

    AllowlistConfiguration(BundleContext context, AllowlistManager lists, AllowlistRegistration registration) {
        this.lists = lists;
        this.registration = registration;
        target = new SettingsTarget(
                context,
                AllowlistActivator.PID,
                List.of(LISTS, REVOCATIONS, SIGNED, FOLLOW, MOST_LOST, KEEP_REMOVED, STATE, Settings.RANKING),
                this);
        inForce = new SettingsInForce(target);
    }

    /**
     * Reads every list, on the calling thread, and then replaces the ones in use by a single write. When this returns
     * normally the new lists are in use, their files are watched, and the module is in the stack.
     *
     * @param properties {@value #LISTS} and {@value #REVOCATIONS} are each a list of paths, the relative ones seen from the working
     *     directory of the process; {@value #SIGNED} is a truth value, false when it is missing; {@value #FOLLOW} is one that is true when it is
     *     missing: false reads every file once, into memory, so that what becomes of it later does not count. No path in either: no list is
     *     configured. Null: there is no configuration, and the module is not in the stack
     * @throws ConfigurationException for the property at fault, with {@code FILE:LINE:COL: what is wrong} of the first bad list as
     *     its reason; the lists in use stay
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            inForce.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    /** Returns the settings in use. */
    SettingsInForce inForce() {
        return inForce;
    }

    /** Returns the lists in use. */
    AllowlistPaths inUse() {
        return inUse;
    }

    /** Reads lists again that were refused: their signatures may be judged otherwise now. */
    void retry() {
        target.retry();
    }

    @Override
    public SettingsTarget.Change read(Settings settings) {
        AllowlistPaths paths = new AllowlistPaths(
                settings.read(() -> settings.paths(LISTS), List.of()),
                settings.read(() -> settings.paths(REVOCATIONS), List.of()),
                settings.read(() -> settings.flag(SIGNED, false), false),
                settings.read(() -> settings.flag(FOLLOW, true), true),
                lossRule(settings));
        int ranking = settings.read(() -> settings.ranking(AllowlistRegistration.RANKING), 0);
        return () -> {
            refuseNothing(settings, paths);
            warnOfDropped(settings, paths);
            registration.whenUsed(ranking, () -> use(paths));
            inUse = paths;
            lists.revokingNothing()
                    .forEach(empty -> settings.warn(REVOCATIONS, empty + " has no entry, and revokes nothing"));
        };
    }

    /** The word none says on purpose that there is no list, unless it stands for an empty directory. */
    private static LossRule lossRule(Settings settings) {
        boolean keepsRemoved = settings.read(() -> settings.flag(KEEP_REMOVED, false), false);
        return new LossRule(
                settings.read(
                                () -> settings.number(MOST_LOST, "percent", 0, LossRule.ANY, AllowlistDefinition.HALF),
                                (long) AllowlistDefinition.HALF)
                        .intValue(),
                keepsRemoved,
                !keepsRemoved && settings.isNone(LISTS),
                !keepsRemoved && settings.isNone(REVOCATIONS),
                settings.read(() -> settings.path(STATE), null));
    }

    /** Settings that name no list are more likely a slip than meant, and would allow what the lists in use revoke. */
    private static void refuseNothing(Settings settings, AllowlistPaths paths) throws SettingException {
        boolean isMeant = settings.isNone(LISTS) || settings.isNone(REVOCATIONS);
        if (paths.allowed().isEmpty() && paths.revoked().isEmpty() && !isMeant) {
            throw new SettingException(
                    LISTS,
                    "neither " + LISTS + " nor " + REVOCATIONS
                            + " names a list; name one, or none to have the module allowlist without lists");
        }
    }

    private void warnOfDropped(Settings settings, AllowlistPaths paths) {
        if (!inUse.allowed().isEmpty() && paths.allowed().isEmpty() && !settings.isNone(LISTS)) {
            settings.warn(
                    LISTS, "names no list any more: " + inUse.allowed() + " let nothing in; none says so on purpose");
        }
        if (!inUse.revoked().isEmpty() && paths.revoked().isEmpty() && !settings.isNone(REVOCATIONS)) {
            settings.warn(
                    REVOCATIONS,
                    "names no list any more: " + inUse.revoked() + " revoke nothing; none says so on purpose");
        }
    }

    @Override
    public String withoutConfiguration() {
        // A module without its lists would let pass what they revoke.
        registration.withdraw();
        inUse = AllowlistPaths.NONE;
        try {
            use(AllowlistPaths.NONE);
        } catch (SettingException e) {
            throw new IllegalStateException("no list can be bad", e);
        }
        return "the module allowlist leaves the stack";
    }

    private void use(AllowlistPaths paths) throws SettingException {
        try {
            lists.use(paths);
        } catch (AllowlistException e) {
            boolean isAllowed =
                    paths.allowed().contains(e.list()) || inUse.allowed().contains(e.list());
            String key = isAllowed ? LISTS : REVOCATIONS;
            String message = String.valueOf(e.getMessage());
            throw e.isNotYet() ? SettingException.notYet(key, message, e) : new SettingException(key, message, e);
        }
    }
}
