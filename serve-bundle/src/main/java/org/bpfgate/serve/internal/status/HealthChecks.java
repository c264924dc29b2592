package org.bpfgate.serve.internal.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Runs the health checks of all bundles, those of modules of others too. Each has a thread of its own, since it may hang; what has not ended
 * after two seconds is told so. Safe for use by several threads.
 */
public final class HealthChecks {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final BundleContext context;

    /** Runs the checks of a framework. */
    public HealthChecks(BundleContext context) {
        this.context = context;
    }

    /**
     * What one check found.
     *
     * @param name of the check: its {@code hc.name}, or its class
     * @param status {@code OK}, {@code WARN}, {@code TEMPORARILY_UNAVAILABLE}, {@code CRITICAL} or {@code HEALTH_CHECK_ERROR}
     * @param messages what it says, a line each
     */
    public record Outcome(String name, String status, List<String> messages) {
        /** Returns whether nothing is wrong. */
        public boolean isOk() {
            return status.equals(Result.Status.OK.name());
        }
    }

    private record Running(String name, FutureTask<Result> result) {}

    /** Returns what the checks find, by the order of their services. */
    public List<Outcome> run() throws InterruptedException {
        List<Running> running = new ArrayList<>();
        for (ServiceReference<HealthCheck> reference : references()) {
            HealthCheck check = context.getService(reference);
            if (check != null) {
                FutureTask<Result> task = new FutureTask<>(check::execute);
                Thread.ofPlatform().daemon().name("bpfgate-health").start(task);
                running.add(new Running(name(reference, check), task));
            }
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        List<Outcome> outcomes = new ArrayList<>();
        for (Running each : running) {
            outcomes.add(outcome(each, deadline));
        }
        return outcomes;
    }

    private List<ServiceReference<HealthCheck>> references() {
        try {
            return context.getServiceReferences(HealthCheck.class, null).stream()
                    .sorted((a, b) -> b.compareTo(a))
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String name(ServiceReference<HealthCheck> reference, HealthCheck check) {
        return reference.getProperty(HealthCheck.NAME) instanceof String name
                ? name
                : check.getClass().getName();
    }

    private static Outcome outcome(Running check, long deadline) throws InterruptedException {
        try {
            Result result = check.result().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (result == null) {
                return error(check, "says nothing");
            }
            List<String> messages = StreamSupport.stream(result.spliterator(), false)
                    .filter(entry -> entry.getStatus() == result.getStatus())
                    .map(entry -> entry.getMessage())
                    .toList();
            return new Outcome(check.name(), result.getStatus().name(), messages);
        } catch (TimeoutException e) {
            check.result().cancel(true);
            return error(check, "has not ended within " + LONGEST.toSeconds() + " s");
        } catch (ExecutionException e) {
            return error(check, "failed: " + e.getCause());
        }
    }

    private static Outcome error(Running check, String what) {
        return new Outcome(
                check.name(),
                Result.Status.HEALTH_CHECK_ERROR.name(),
                List.of("health check " + check.name() + " " + what));
    }
}
