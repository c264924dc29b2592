package org.bpfgate.framework.internal.audit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings as consoles and docs/configuration.md show them; the keys are the method names. */
@ObjectClassDefinition(
        pid = AuditConfiguration.PID,
        name = "bpfgate audit",
        description = "Where records of decisions are kept")
@interface AuditDefinition {
    @AttributeDefinition(
            name = "File",
            description = "Path of the file that records are appended to. Without it no records are kept.",
            required = false)
    String file();

    @AttributeDefinition(
            name = "Form",
            description = "The form of the records: one JSON object in a line, or the lines that the kernel writes.",
            required = false,
            options = {@Option("json"), @Option("kernel")})
    String format() default "json";
}
