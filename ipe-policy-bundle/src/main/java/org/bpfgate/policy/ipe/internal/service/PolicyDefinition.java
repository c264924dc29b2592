package org.bpfgate.policy.ipe.internal.service;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * The settings as consoles and docs/configuration.md show them; the keys are the method names, with dots for underscores and one
 * underscore for two.
 */
@ObjectClassDefinition(pid = PolicyConfiguration.PID, name = "bpfgate policy", description = "The policy module ipe")
@interface PolicyDefinition {
    @AttributeDefinition(
            name = "Policy",
            description = "Path of the policy; with a state directory the boot policy. This or the state is required.",
            required = false)
    String policy();

    @AttributeDefinition(
            name = "Dialect",
            description = "The vocabulary of the policy. Without it the policy names its own.",
            required = false,
            options = {@Option("ops7"), @Option("ops8"), @Option("ops9"), @Option("bpfgate")})
    String dialect();

    @AttributeDefinition(
            name = "State directory",
            description = "Path of a directory of policies, one of which is active.",
            required = false)
    String state();

    @AttributeDefinition(
            name = "Unsigned policies",
            description = "Let plain text into the state directory.",
            required = false)
    boolean unsigned() default false;

    @AttributeDefinition(
            name = "Enforce",
            description = "Otherwise denials are recorded, and do not count.",
            required = false)
    boolean enforce() default true;

    @AttributeDefinition(name = "Record allowances", description = "Record what is allowed too.", required = false)
    boolean success__audit() default false;

    @AttributeDefinition(name = "Ranking", description = "The place of the policy.", required = false)
    int service_ranking() default 100;
}
