package org.bpfgate.policy.ipe.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.bpfgate.policy.ipe.eval.internal.Policy;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.jspecify.annotations.Nullable;

/** The properties of a configuration, with an error for each that is not what it should be. */
final class PolicySettings {
    /** The path of the policy. */
    static final String POLICY = "policy";

    /** The vocabulary, {@code ops7}, {@code ops8} or {@code bpfgate}; when it is missing, the policy names it itself. */
    static final String DIALECT = "dialect";

    /** The directory in which policies are kept; {@value #POLICY} is then the boot policy. */
    static final String STATE = "state";

    /** Whether policies without a signature may be loaded into {@value #STATE}; not, unless said. */
    static final String UNSIGNED = "unsigned";

    /** Whether denials count; they do, unless said. */
    static final String ENFORCE = "enforce";

    /** Whether allowances are recorded as denials are; not, unless said. */
    static final String SUCCESS_AUDIT = "success_audit";

    /** The keys of these settings. */
    static final List<String> KEYS =
            List.of(POLICY, DIALECT, STATE, UNSIGNED, ENFORCE, SUCCESS_AUDIT, Settings.RANKING);

    private final Settings settings;

    PolicySettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * Applies the properties to a module: first all are read, so that a fault in one changes nothing. Without
     * {@value #POLICY} and {@value #STATE} the module has no policy.
     */
    void applyTo(ModuleOffer module) throws SettingException {
        Switches switches = new Switches(settings.flag(ENFORCE, true), settings.flag(SUCCESS_AUDIT, false));
        int ranking = settings.ranking(ModuleOffer.RANKING);
        Policy policy = policy(module.keeper()::signatures);
        StateSettings state = state(policy);
        module.together(ranking, () -> {
            module.turn(switches);
            if (state == null) {
                module.keeper().drop();
                decideBy(policy, module);
            } else {
                follow(state, module);
            }
        });
    }

    private static void decideBy(@Nullable Policy policy, ModuleOffer module) {
        if (policy == null) {
            module.deactivate();
        } else {
            module.activate(policy);
        }
    }

    private static void follow(StateSettings state, ModuleOffer module) throws SettingException {
        try {
            module.keeper().follow(state);
        } catch (PolicyException e) {
            throw new SettingException(STATE, e.getMessage() + " (" + e.errno() + ")", e);
        }
    }

    private @Nullable Policy policy(Supplier<@Nullable SignedContentReader> signatures) throws SettingException {
        String path = settings.text(POLICY);
        try {
            return path == null ? null : PolicyFile.read(path, dialect(), signatures);
        } catch (PolicyFileException e) {
            throw new SettingException(POLICY, String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable StateSettings state(@Nullable Policy boot) throws SettingException {
        Path path = settings.path(STATE);
        boolean unsigned = settings.flag(UNSIGNED, false);
        return path == null ? null : new StateSettings(path, dialect(), unsigned, boot);
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
