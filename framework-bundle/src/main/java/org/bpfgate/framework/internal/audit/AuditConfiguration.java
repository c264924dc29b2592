package org.bpfgate.framework.internal.audit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Takes the configuration of the audit sink: {@value #FILE}, where records are appended, and optionally {@value #FORMAT},
 * {@code json} (the default) or {@code kernel}.
 */
public final class AuditConfiguration implements ManagedService, SettingsTarget.Use {
    /** The {@code service.pid}. */
    public static final String PID = "org.bpfgate.audit";

    private static final String FILE = "file";
    private static final String FORMAT = "format";

    private final AuditLog log;
    private final SettingsTarget target;

    /** Configures one sink. */
    public AuditConfiguration(BundleContext context, AuditLog log) {
        this.log = log;
        target = new SettingsTarget(context, PID, List.of(FILE, FORMAT), this);
    }

    /**
     * Opens the file, or, without one, keeps no records.
     *
     * @throws ConfigurationException when a property is wrong or the file cannot be opened; then nothing changes
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            target.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    @Override
    public SettingsTarget.Change read(Settings settings) {
        AuditFormat format = settings.read(() -> format(settings.text(FORMAT)), AuditFormat.JSON);
        Path file = settings.read(() -> settings.path(FILE), null);
        if (file == null) {
            settings.warn(FILE, "names no file; no audit records are kept");
            return log::close;
        }
        return () -> open(file, format);
    }

    @Override
    public String withoutConfiguration() {
        log.close();
        return "no audit records are kept";
    }

    private void open(Path file, AuditFormat format) throws SettingException {
        try {
            log.writeTo(file, format);
        } catch (IOException e) {
            throw new SettingException(FILE, file + ": " + describe(e), e);
        }
    }

    private static AuditFormat format(@Nullable String label) throws SettingException {
        AuditFormat format = label == null ? AuditFormat.JSON : AuditFormat.byLabel(label);
        if (format == null) {
            throw new SettingException(FORMAT, "expected json or kernel, found \"" + label + "\"");
        }
        return format;
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
