package org.bpfgate.integrity.sig.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings as consoles and docs/configuration.md show them; the keys are the method names with dots for underscores. */
@ObjectClassDefinition(
        pid = TrustConfiguration.PID,
        name = "bpfgate keyrings and signature verifiers",
        description = "Whose signatures count, for the verifiers hornet and native and for signed texts")
@interface TrustDefinition {
    @AttributeDefinition(
            name = "Certificates",
            description = "Paths of certificates or directories of them, or the word none.")
    String[] trust();

    @AttributeDefinition(
            name = "Mode",
            description = "How the verifier hornet judges.",
            required = false,
            options = {@Option("compat-n"), @Option("compat-v7"), @Option("strict")})
    String mode() default "compat-n";

    @AttributeDefinition(
            name = "Ranking",
            description = "The place of the verifier hornet; native is 10 behind it.",
            required = false)
    int service_ranking() default 300;
}
