package org.bpfgate.observe.internal.health;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.settings.ProblemReport;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The checks of the gate itself, for the API of Felix Health Checks. A status is {@code CRITICAL} while loads are denied that should be
 * decided, or records are lost; {@code WARN} for what an operator should mend; {@code OK} else. Each looks at what is there and waits for
 * nothing. Safe for use by several threads.
 */
public final class GateHealth {
    private final BundleContext context;
    private final SecurityHooks hooks;
    private final StackAdmin stack;
    private final AuditSink audit;
    private final ClockCheck clock = new ClockCheck();

    /** Checks these services, and what others register. */
    public GateHealth(BundleContext context, SecurityHooks hooks, StackAdmin stack, AuditSink audit) {
        this.context = context;
        this.hooks = hooks;
        this.stack = stack;
        this.audit = audit;
    }

    /** Returns the checks by name. */
    public Map<String, HealthCheck> checks() {
        Map<String, HealthCheck> checks = new LinkedHashMap<>();
        checks.put("stack", this::stack);
        checks.put("modules", this::modules);
        checks.put("policy", this::policy);
        checks.put("audit", new AuditCheck(audit));
        checks.put("settings and lists", this::problems);
        checks.put("clock", clock);
        return checks;
    }

    /** Required modules that are missing, and what is wrong with the order. */
    private Result stack() {
        if (!stack.missing().isEmpty()) {
            return result(Result.Status.CRITICAL, hooks.stack().problems().stream());
        }
        boolean hasPolicy = hooks.isHooked(BpfProgLoadHook.class) || hooks.isHooked(BpfProgLoadPostIntegrityHook.class);
        return result(
                Result.Status.WARN,
                Stream.concat(
                        hooks.stack().problems().stream(),
                        hasPolicy
                                ? Stream.empty()
                                : Stream.of("no policy is in the stack and none is required, so every load is let in;"
                                        + " \"bpfgate lsm start ipe\" and \"bpfgate lsm require ipe\" help")));
    }

    private Result modules() {
        return result(
                Result.Status.CRITICAL,
                stack.health().stream()
                        .filter(health -> !health.isHealthy())
                        .map(health -> "module " + health.lsm().name() + " failed " + health.faultsInARow()
                                + " times in a row, last: " + health.lastFault()));
    }

    /** Where nobody keeps policies, a module of somebody else may be one. */
    private Result policy() {
        boolean isKept = false;
        try {
            for (ServiceReference<PolicyAdmin> reference : context.getServiceReferences(PolicyAdmin.class, null)) {
                PolicyAdmin store = context.getService(reference);
                if (store != null) {
                    isKept = true;
                    if (store.list().stream().anyMatch(LoadedPolicy::active)) {
                        return new Result(Result.Status.OK, "a policy decides");
                    }
                }
            }
        } catch (PolicyException e) {
            return new Result(Result.Status.WARN, "the policies cannot be listed: " + e.getMessage());
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
        return isKept
                ? new Result(
                        Result.Status.CRITICAL,
                        "no policy is active; \"bpfgate settings org.bpfgate.ipe\" tells which one is set")
                : new Result(Result.Status.OK, "no module keeps policies");
    }

    /** What bundles say of their settings, lists and other inputs. */
    private Result problems() {
        try {
            ServiceReference<?>[] found =
                    context.getAllServiceReferences((String) null, "(" + ProblemReport.PROBLEM + "=*)");
            return result(
                    Result.Status.WARN,
                    found == null
                            ? Stream.empty()
                            : Arrays.stream(found)
                                    .sorted()
                                    .flatMap(reference -> lines(reference.getProperty(ProblemReport.PROBLEM))));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Stream<String> lines(Object property) {
        return property instanceof String[] lines ? Arrays.stream(lines) : Stream.of(String.valueOf(property));
    }

    /** A result of a line for each thing that is wrong. */
    static Result result(Result.Status status, Stream<String> lines) {
        ResultLog log = new ResultLog();
        lines.forEach(line -> log.add(new ResultLog.Entry(status, line)));
        if (!log.iterator().hasNext()) {
            log.add(new ResultLog.Entry(Result.Status.OK, "all well"));
        }
        return new Result(log);
    }
}
