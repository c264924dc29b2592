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

    /** For two minutes, which is longer than a take-over may take. */
    private static final int MOST_TRIES = 120;

    private static final long PAUSE_MS = 1000;

    private final SettingsTarget target;
    private final PrometheusRegistry registry;
    private @Nullable HTTPServer server;
    private int port = NONE;

    /** Guarded by this object's lock, as the two before. */
    private boolean isRetrying;

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
                retryLater();
                throw new SettingException(PORT, "port " + wanted + " cannot be listened on: " + e.getMessage(), e);
            }
        }
        close();
        server = next;
        port = wanted;
    }

    /** A gate that takes over from another one finds the port taken until that one has ended. */
    private void retryLater() {
        if (isRetrying) {
            return;
        }
        isRetrying = true;
        Thread.ofPlatform().daemon().name("bpfgate-metrics-port").start(this::retry);
    }

    /** Settings that are refused no more are no matter to the target. */
    private void retry() {
        try {
            for (int i = 0; i < MOST_TRIES; i++) {
                Thread.sleep(PAUSE_MS);
                target.retry();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                isRetrying = false;
            }
        }
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
