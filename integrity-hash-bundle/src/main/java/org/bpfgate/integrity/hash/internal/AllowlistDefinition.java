package org.bpfgate.integrity.hash.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The settings as consoles and docs/configuration.md show them; the keys are the method names, with dots for underscores and one
 * underscore for two.
 */
@ObjectClassDefinition(
        pid = AllowlistActivator.PID,
        name = "bpfgate allowlist",
        description = "Lists of digests of programs, for the verifier allowlist. Lists or revocations are required.")
@interface AllowlistDefinition {
    @AttributeDefinition(
            name = "Lists",
            description = "Paths of lists of programs to let in, or the word none.",
            required = false)
    String[] lists() default {};

    @AttributeDefinition(
            name = "Revocations",
            description = "Paths of lists of programs that no list lets in, or the word none.",
            required = false)
    String[] revocations() default {};

    @AttributeDefinition(name = "Signed lists only", description = "Take signed manifests only.", required = false)
    boolean signed() default false;

    @AttributeDefinition(
            name = "Follow changes",
            description = "Take over changes of the files; otherwise they are read once.",
            required = false)
    boolean follow() default true;

    @AttributeDefinition(name = "Ranking", description = "The place of the verifier allowlist.", required = false)
    int service_ranking() default 200;
}
