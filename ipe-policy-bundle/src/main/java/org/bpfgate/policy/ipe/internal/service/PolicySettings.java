package org.bpfgate.policy.ipe.internal.service;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.hook.EnforcementSettings;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;

/** The properties of a configuration, with an error for each that is not what it should be. */
final class PolicySettings {
    /** The path of the policy. */
    static final String POLICY = "policy";

    /** The vocabulary, {@code ops7}, {@code ops8} or {@code bpfgate}; when it is missing, the policy names it itself. */
    static final String DIALECT = "dialect";

    /** The directory in which policies are kept; {@value #POLICY} is then the boot policy. */
    static final String STATE = "state";

    /** Whether policies without a signature may be loaded into {@value #STATE}; not by default. */
    static final String UNSIGNED = "unsigned";

    /** Whether denials count; they do by default. */
    static final String ENFORCE = "enforce";

    /** Whether allowances are recorded as denials are; not by default. */
    static final String SUCCESS_AUDIT = "success_audit";

    /** The keys of these settings. */
    static final List<String> KEYS =
            List.of(POLICY, DIALECT, STATE, UNSIGNED, ENFORCE, SUCCESS_AUDIT, Settings.RANKING);

    private final Settings settings;

    PolicySettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * Reads the properties for a module, and changes nothing. Without {@value #POLICY} and {@value #STATE} the module has no policy.
     *
     * @return what applies them to the module, in one step
     */
    SettingsTarget.Change read(IpeRegistration module) {
        EnforcementSettings enforcement = new EnforcementSettings(
                settings.read(() -> settings.flag(ENFORCE, true), true),
                settings.read(() -> settings.flag(SUCCESS_AUDIT, false), false));
        int ranking = settings.read(() -> settings.ranking(IpeRegistration.RANKING), 0);
        Dialect dialect = settings.read(this::dialect, null);
        Policy policy = settings.read(() -> policy(dialect, module.store()::signatures), null);
        StateSettings state = state(dialect, policy);
        return () -> {
            apply(module, ranking, enforcement, policy, state);
            warn(module, enforcement, policy, state);
        };
    }

    private static void apply(
            IpeRegistration module,
            int ranking,
            EnforcementSettings enforcement,
            @Nullable Policy policy,
            @Nullable StateSettings state)
            throws SettingException {
        module.together(ranking, () -> {
            module.turn(enforcement);
            if (state == null) {
                module.store().drop();
                decideBy(policy, module);
            } else {
                follow(state, module);
            }
        });
    }

    private void warn(
            IpeRegistration module,
            EnforcementSettings enforcement,
            @Nullable Policy policy,
            @Nullable StateSettings state) {
        if (!enforcement.enforcing()) {
            settings.warn(ENFORCE, "false: denials by module " + module.lsm() + " are recorded, and do not count");
        }
        if (policy == null && state == null) {
            settings.warn(
                    POLICY,
                    "names no policy, and there is no " + STATE + ": module " + module.lsm()
                            + (module.isRegistered() ? " denies every load" : " does not join the stack"));
        } else if (!module.hasPolicy()) {
            settings.warn(STATE, "module " + module.lsm() + " denies every load: " + module.reasonWithoutPolicy());
        }
    }

    private static void decideBy(@Nullable Policy policy, IpeRegistration module) {
        if (policy == null) {
            module.deactivate();
        } else {
            module.activate(policy);
        }
    }

    private static void follow(StateSettings state, IpeRegistration module) throws SettingException {
        try {
            module.store().follow(state);
        } catch (PolicyException e) {
            String message = e.getMessage() + " (" + e.errno() + ")";
            throw e.errno() == Errno.ENOPKG
                    ? SettingException.notYet(STATE, message, e)
                    : new SettingException(STATE, message, e);
        }
    }

    private @Nullable Policy policy(@Nullable Dialect dialect, Supplier<@Nullable SignedContentReader> signatures)
            throws SettingException {
        String path = settings.text(POLICY);
        try {
            return path == null ? null : PolicyFile.read(path, dialect, signatures);
        } catch (PolicyFileException e) {
            String message = String.valueOf(e.getMessage());
            throw e.isNotYet() ? SettingException.notYet(POLICY, message, e) : new SettingException(POLICY, message, e);
        }
    }

    private @Nullable StateSettings state(@Nullable Dialect dialect, @Nullable Policy boot) {
        Path path = settings.read(() -> settings.path(STATE), null);
        boolean unsigned = settings.read(() -> settings.flag(UNSIGNED, false), false);
        return path == null ? null : new StateSettings(path, dialect, unsigned, boot);
    }

    private @Nullable Dialect dialect() throws SettingException {
        String label = settings.text(DIALECT);
        Dialect dialect = label == null ? null : Dialect.byLabel(label);
        if (label != null && dialect == null) {
            throw new SettingException(DIALECT, "expected ops7, ops8, ops9 or bpfgate, found \"" + label + "\"");
        }
        return dialect;
    }
}
