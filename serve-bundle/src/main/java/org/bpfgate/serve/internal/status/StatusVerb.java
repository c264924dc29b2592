package org.bpfgate.serve.internal.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlReply;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.bpfgate.stack.StackAdmin.ModuleHealth;
import org.jspecify.annotations.Nullable;

/** {@code status}: whether the gate is ready, or why not, and what it consists of. */
public final class StatusVerb implements ControlVerb {
    private final SecurityHooks hooks;
    private final StackAdmin stack;
    private final Supplier<List<PolicyAdmin>> policies;
    private final HealthChecks health;
    private final Source source;

    /** What the gate itself knows. */
    public interface Source {
        /** Returns when it began. */
        Instant begun();

        /** Returns whether it takes listeners. */
        boolean isReady();

        /** Returns the listeners that are attached. */
        List<Map<String, Object>> listeners();
    }

    /**
     * Answers from services.
     *
     * @param policies gives the stores of policies that there are now
     */
    public StatusVerb(
            SecurityHooks hooks,
            StackAdmin stack,
            Supplier<List<PolicyAdmin>> policies,
            HealthChecks health,
            Source source) {
        this.hooks = hooks;
        this.stack = stack;
        this.policies = policies;
        this.health = health;
        this.source = source;
    }

    @Override
    public Map<String, ?> perform(ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        request.requireOnly();
        List<HealthChecks.Outcome> outcomes = health.run();
        ModuleStack current = hooks.stack();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("ready", source.isReady() && stack.missing().isEmpty());
        status.put(
                "problems",
                outcomes.stream()
                        .filter(outcome -> !outcome.isOk())
                        .flatMap(outcome -> outcome.messages().stream())
                        .toList());
        status.put("pid", ProcessHandle.current().pid());
        status.put(
                "uptimeSeconds", Duration.between(source.begun(), Instant.now()).toSeconds());
        status.put("generation", current.generation());
        status.put("required", stack.required());
        status.put("modules", modules(current));
        status.put("health", outcomes.stream().map(StatusVerb::describe).toList());
        status.put("policies", policies());
        status.put("listeners", source.listeners());
        return status;
    }

    private List<Map<String, Object>> modules(ModuleStack current) {
        Map<String, ModuleHealth> health = new TreeMap<>();
        stack.health().forEach(each -> health.put(each.lsm().name(), each));
        List<Map<String, Object>> modules = new ArrayList<>();
        for (ModuleStack.Entry entry : current.modules()) {
            @Nullable ModuleHealth known = health.get(entry.lsm().name());
            Map<String, Object> module = new LinkedHashMap<>();
            module.put("name", entry.lsm().name());
            module.put("ranking", entry.ranking());
            module.put("bundle", entry.bundle());
            module.put("version", entry.version());
            module.put("sha256", entry.sha256());
            module.put("healthy", known == null || known.isHealthy());
            modules.add(module);
        }
        return modules;
    }

    private List<Map<String, Object>> policies() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (PolicyAdmin admin : policies.get()) {
            try {
                admin.list().forEach(policy -> all.add(describe(policy)));
            } catch (PolicyException e) {
                all.add(Map.of("problem", String.valueOf(e.getMessage())));
            }
        }
        return all;
    }

    private static Map<String, Object> describe(HealthChecks.Outcome outcome) {
        return Map.of("name", outcome.name(), "status", outcome.status(), "messages", outcome.messages());
    }

    private static Map<String, Object> describe(LoadedPolicy policy) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", policy.name());
        members.put("version", policy.version());
        members.put("active", policy.active());
        members.put("origin", policy.origin().name());
        members.put("digest", "sha256:" + policy.digest());
        return members;
    }
}
