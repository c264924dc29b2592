package org.bpfgate.policy.ipe.internal;

import java.util.Dictionary;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Takes the configuration of the module: {@value #POLICY}, the path of the policy, and optionally {@value #DIALECT},
 * {@code ops7}, {@code ops8} or {@code bpfgate}, which otherwise the policy names itself.
 */
final class PolicyConfiguration implements ManagedService {
    /** The {@code service.pid}. */
    static final String PID = "org.bpfgate.ipe";

    private static final String POLICY = "policy";
    private static final String DIALECT = "dialect";

    private final IpeModule module;

    PolicyConfiguration(IpeModule module) {
        this.module = module;
    }

    /**
     * Reads the policy and makes it the active one, in one step for all loads that begin afterwards. A configuration that
     * names no policy takes the active one away, so that every load is denied.
     *
     * @throws ConfigurationException when a property or the policy itself is wrong; what was active then stays active. For
     *     an error in the policy the reason is {@code FILE:LINE:COLUMN: message (ERRNO)}
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        String path = properties == null ? null : text(properties, POLICY);
        Dialect dialect = properties == null ? null : dialect(text(properties, DIALECT));
        if (path == null) {
            module.activate(null);
            return;
        }
        try {
            module.activate(PolicyFile.read(path, dialect));
        } catch (PolicyFileException e) {
            throw new ConfigurationException(POLICY, e.getMessage(), e);
        }
    }

    private static @Nullable String text(Dictionary<String, ?> properties, String key) throws ConfigurationException {
        Object value = properties.get(key);
        if (value == null || (value instanceof String text && !text.isBlank())) {
            return (String) value;
        }
        throw new ConfigurationException(key, "expected one text that is not empty, found \"" + value + "\"");
    }

    private static @Nullable Dialect dialect(@Nullable String label) throws ConfigurationException {
        Dialect dialect = label == null ? null : Dialect.byLabel(label);
        if (label != null && dialect == null) {
            throw new ConfigurationException(DIALECT, "expected ops7, ops8 or bpfgate, found \"" + label + "\"");
        }
        return dialect;
    }
}
