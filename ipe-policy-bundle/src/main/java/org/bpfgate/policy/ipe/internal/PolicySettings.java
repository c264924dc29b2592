package org.bpfgate.policy.ipe.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Dictionary;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.bpfgate.policy.ipe.eval.internal.Policy;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationException;

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

    private final Dictionary<String, ?> properties;

    PolicySettings(Dictionary<String, ?> properties) {
        this.properties = properties;
    }

    /** Returns a text; null when the property is missing. */
    @Nullable
    String text(String key) throws ConfigurationException {
        Object value = properties.get(key);
        if (value == null || (value instanceof String text && !text.isBlank())) {
            return (String) value;
        }
        throw new ConfigurationException(key, "expected one text that is not empty, found \"" + value + "\"");
    }

    /**
     * Applies the properties to a module: first all are read, so that a fault in one changes nothing. Without
     * {@value #POLICY} and {@value #STATE} the module has no policy.
     */
    void applyTo(ModuleOffer module) throws ConfigurationException {
        Switches switches = new Switches(flag(ENFORCE, true), flag(SUCCESS_AUDIT, false));
        Policy policy = policy();
        StateSettings state = state(policy);
        if (state == null) {
            module.keeper().drop();
            module.turn(switches);
            decideBy(policy, module);
        } else {
            follow(state, module);
            module.turn(switches);
        }
    }

    private static void decideBy(@Nullable Policy policy, ModuleOffer module) {
        if (policy == null) {
            module.deactivate();
        } else {
            module.activate(policy);
        }
    }

    private static void follow(StateSettings state, ModuleOffer module) throws ConfigurationException {
        try {
            module.keeper().follow(state);
        } catch (PolicyException e) {
            throw new ConfigurationException(STATE, e.getMessage() + " (" + e.errno() + ")", e);
        }
    }

    private @Nullable Policy policy() throws ConfigurationException {
        String path = text(POLICY);
        try {
            return path == null ? null : PolicyFile.read(path, dialect());
        } catch (PolicyFileException e) {
            throw new ConfigurationException(POLICY, e.getMessage(), e);
        }
    }

    private @Nullable StateSettings state(@Nullable Policy boot) throws ConfigurationException {
        String path = text(STATE);
        boolean unsigned = flag(UNSIGNED, false);
        try {
            return path == null ? null : new StateSettings(Path.of(path), dialect(), unsigned, boot);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(STATE, "not a path: " + e.getReason(), e);
        }
    }

    private boolean flag(String key, boolean otherwise) throws ConfigurationException {
        Object value = properties.get(key);
        Boolean flag = value == null ? Boolean.valueOf(otherwise) : flag(value);
        if (flag == null) {
            throw new ConfigurationException(key, "expected 1 or 0 (or y, n, on, off), found \"" + value + "\"");
        }
        return flag;
    }

    private static @Nullable Boolean flag(Object value) {
        return value instanceof Boolean flag ? flag : KernelBoolean.parse(value.toString());
    }

    private @Nullable Dialect dialect() throws ConfigurationException {
        String label = text(DIALECT);
        Dialect dialect = label == null ? null : Dialect.byLabel(label);
        if (label != null && dialect == null) {
            throw new ConfigurationException(DIALECT, "expected ops7, ops8 or bpfgate, found \"" + label + "\"");
        }
        return dialect;
    }
}
