package org.bpfgate.audit.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Dictionary;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Takes the configuration of the audit sink: {@value #FILE}, where records are appended, and optionally {@value #FORMAT},
 * {@code json} (the default) or {@code kernel}.
 */
public final class AuditConfiguration implements ManagedService {
    /** The {@code service.pid}. */
    public static final String PID = "org.bpfgate.audit";

    private static final String FILE = "file";
    private static final String FORMAT = "format";

    private final AuditLog log;

    /** Configures one sink. */
    public AuditConfiguration(AuditLog log) {
        this.log = log;
    }

    /**
     * Opens the file, or, without one, keeps no records.
     *
     * @throws ConfigurationException when a property is wrong or the file cannot be opened; then nothing changes
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        String file = properties == null ? null : text(properties, FILE);
        if (properties == null || file == null) {
            log.close();
            return;
        }
        AuditFormat format = format(text(properties, FORMAT));
        try {
            log.writeTo(Path.of(file), format);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(FILE, "the path of the audit file is not a path: " + e.getReason(), e);
        } catch (IOException e) {
            throw new ConfigurationException(FILE, file + ": " + describe(e), e);
        }
    }

    private static AuditFormat format(@Nullable String label) throws ConfigurationException {
        AuditFormat format = label == null ? AuditFormat.JSON : AuditFormat.byLabel(label);
        if (format == null) {
            throw new ConfigurationException(FORMAT, "expected json or kernel, found \"" + label + "\"");
        }
        return format;
    }

    private static @Nullable String text(Dictionary<String, ?> properties, String key) throws ConfigurationException {
        Object value = properties.get(key);
        if (value == null || (value instanceof String text && !text.isBlank())) {
            return (String) value;
        }
        throw new ConfigurationException(key, "expected one text that is not empty, found \"" + value + "\"");
    }

    private static String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return "cannot be written: " + e.getMessage();
    }
}
