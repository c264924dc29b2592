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
    /** Fewer is more likely a file that was cut off, or the wrong one, than meant; lists shrink by less from one version to the next. */
    int HALF = 50;

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

    @AttributeDefinition(
            name = "Most lost",
            description =
                    "Percent of its entries that a list may lose; with more the list before stays in force until --accept-smaller. 100 for any.",
            min = "0",
            max = "100",
            required = false)
    int most_lost() default HALF;

    @AttributeDefinition(
            name = "Keep removed lists",
            description =
                    "Keep a list in force that is not named any more, when too much would be lost; otherwise such settings are refused.",
            required = false)
    boolean keep_removed() default false;

    @AttributeDefinition(
            name = "State directory",
            description = "Where the numbers of entries are kept, so that a start notices smaller lists.",
            required = false)
    String state() default "";

    @AttributeDefinition(name = "Ranking", description = "The place of the verifier allowlist.", required = false)
    int service_ranking() default 200;
}
