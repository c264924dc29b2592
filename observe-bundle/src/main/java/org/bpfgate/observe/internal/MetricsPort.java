package org.bpfgate.observe.internal;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Dictionary;
import java.util.List;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** The port where Prometheus reads metrics, when the settings name one. On the loopback interface only. Safe for use by several threads. */
final class MetricsPort implements ManagedService, SettingsTarget.Use, AutoCloseable {
    /** The {@code service.pid}. */
    static final String PID = "org.bpfgate.observe";

    private static final String PORT = "port";
    private static final int NONE = 0;
    private static final int HIGHEST = 65_535;

    private final SettingsTarget target;
    private final PrometheusRegistry registry;
    private @Nullable HTTPServer server;
    private int port = NONE;

    MetricsPort(BundleContext context, PrometheusRegistry registry) {
        target = new SettingsTarget(context, PID, List.of(PORT), this);
        this.registry = registry;
    }

    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            target.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    @Override
    public SettingsTarget.Change read(Settings settings) throws SettingException {
        int wanted = (int) settings.number(PORT, "a port", NONE, HIGHEST, NONE);
        return () -> listen(wanted);
    }

    private synchronized void listen(int wanted) throws SettingException {
        if (wanted == port) {
            return;
        }
        HTTPServer next = null;
        if (wanted != NONE) {
            try {
                next = HTTPServer.builder()
                        .inetAddress(InetAddress.getLoopbackAddress())
                        .port(wanted)
                        .registry(registry)
                        .buildAndStart();
            } catch (IOException e) {
                throw new SettingException(PORT, "port " + wanted + " cannot be listened on: " + e.getMessage(), e);
            }
        }
        close();
        server = next;
        port = wanted;
    }

    @Override
    public String withoutConfiguration() {
        close();
        return "no port has metrics";
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
        port = NONE;
    }
}
