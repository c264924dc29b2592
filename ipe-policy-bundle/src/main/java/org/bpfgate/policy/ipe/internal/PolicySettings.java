package org.bpfgate.policy.ipe.internal;

import java.util.Dictionary;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationException;

/** The properties of a configuration, with an error for each that is not what it should be. */
final class PolicySettings {
    /** The path of the policy. */
    static final String POLICY = "policy";

    /** The vocabulary, {@code ops7}, {@code ops8} or {@code bpfgate}; when it is missing, the policy names it itself. */
    static final String DIALECT = "dialect";

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

    /** Makes the policy that the properties name the active one; without {@value #POLICY}, none. */
    void applyTo(ModuleOffer module) throws ConfigurationException {
        String path = text(POLICY);
        Dialect dialect = dialect();
        if (path == null) {
            module.deactivate();
            return;
        }
        try {
            module.activate(PolicyFile.read(path, dialect));
        } catch (PolicyFileException e) {
            throw new ConfigurationException(POLICY, e.getMessage(), e);
        }
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
