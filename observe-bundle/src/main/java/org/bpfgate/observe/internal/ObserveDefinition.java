package org.bpfgate.observe.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The settings as consoles and docs/configuration.md show them; the keys are the method names, with dots for underscores and one
 * underscore for two.
 */
@ObjectClassDefinition(
        pid = MetricsPort.PID,
        name = "bpfgate metrics",
        description = "What the running gate tells about its decisions")
@interface ObserveDefinition {
    @AttributeDefinition(
            name = "Port of metrics",
            description = "TCP port of 127.0.0.1 where Prometheus reads /metrics; 0 for none.",
            min = "0",
            max = "65535",
            required = false)
    int port() default 0;
}
