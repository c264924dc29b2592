package org.bpfgate.observe.internal.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlReply;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;

/** {@code metrics}: the text that Prometheus reads. */
public final class MetricsVerb implements ControlVerb {
    private final PrometheusRegistry registry;

    /** Tells what is in a registry. */
    public MetricsVerb(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Map<String, ?> perform(ControlRequest request, ControlReply reply) throws ControlException {
        request.requireOnly();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("text", text.toString(StandardCharsets.UTF_8));
    }
}
