package org.bpfgate.observe.internal.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.LsmId;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.stack.CandidateReport;
import org.bpfgate.stack.CandidateStack;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;

/**
 * What the gate has done, as counters of Prometheus. Counting waits for nobody. The registry is this gate's own, so that a gate that is
 * restarted in one process begins with zero. Safe for use by several threads.
 */
public final class GateMetrics implements MediationListener {
    /** A series for each rule of a policy up to here; a policy may have a hundred thousand rules. The others share one. */
    private static final int MOST_RULES = 500;

    /** From 25 µs, less than any mediated command takes, to 5 s, after which a waiting load is denied; each twice the one before. */
    private static final double[] SECONDS = {
        25e-6, 50e-6, 100e-6, 200e-6, 400e-6, 800e-6, 1.6e-3, 3.2e-3, 6.4e-3, 12.8e-3, 25.6e-3, 51.2e-3, 0.1024, 0.2048,
        0.4096, 0.8192, 1.6384, 3.2768, 5
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Set<PolicyBasis> rules = ConcurrentHashMap.newKeySet();
    private final Counter commands = Counter.builder()
            .name("bpfgate_commands_total")
            .help("Mediated commands of bpf(2), by command and decision.")
            .labelNames("command", "decision")
            .register(registry);
    private final Counter refused = Counter.builder()
            .name("bpfgate_refused_calls_total")
            .help("Calls of bpf(2) that no module was asked about.")
            .labelNames("kind")
            .register(registry);
    private final Counter verdicts = Counter.builder()
            .name("bpfgate_verdicts_total")
            .help("Verdicts of verifiers on loads.")
            .labelNames("lsm", "verdict")
            .register(registry);
    private final Counter denials = Counter.builder()
            .name("bpfgate_denials_total")
            .help("Denied loads, by the module that denied; \"framework\" for the gate itself.")
            .labelNames("lsm")
            .register(registry);
    private final Counter byRule = Counter.builder()
            .name("bpfgate_rule_decisions_total")
            .help("Loads by the rule of the policy that decided.")
            .labelNames("policy", "line", "decision")
            .register(registry);
    private final Histogram durations = Histogram.builder()
            .name("bpfgate_command_duration_seconds")
            .help("From receiving a command to answering it.")
            .labelNames("command")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);

    /** Counts from now on, and tells the state of these services when asked. */
    public GateMetrics(SecurityHooks hooks, StackAdmin stack, AuditSink audit) {
        GaugeWithCallback.builder()
                .name("bpfgate_generation")
                .help("Generation of the stack.")
                .callback(gauge -> gauge.call((double) hooks.stack().generation()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("bpfgate_candidate_running")
                .help("Whether a candidate is tried beside the live stack.")
                .callback(gauge -> gauge.call(
                        report(stack).filter(each -> each.ended().isEmpty()).isPresent() ? 1 : 0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("bpfgate_candidate_loads")
                .help(
                        "Loads that the candidate, or the last one, has seen, by what came of them; begins anew with each candidate.")
                .labelNames("outcome")
                .callback(gauge -> report(stack).ifPresent(each -> loads(each, gauge)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("bpfgate_required_modules_missing")
                .help("Required modules that are missing; while there are some, loads wait and are denied.")
                .callback(gauge -> gauge.call(stack.missing().size()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("bpfgate_held_calls")
                .help("Calls that wait now for a required module.")
                .callback(gauge -> gauge.call(stack.held()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("bpfgate_audit_records_waiting")
                .help("Audit records that wait to be written.")
                .callback(gauge -> gauge.call(audit.waiting()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("bpfgate_modules_unhealthy")
                .help("Modules that failed three times in a row.")
                .callback(gauge -> gauge.call((double) stack.health().stream()
                        .filter(health -> !health.isHealthy())
                        .count()))
                .register(registry);
        CounterWithCallback.builder()
                .name("bpfgate_audit_records_lost_total")
                .help("Audit records that were lost.")
                .callback(counter -> counter.call((double) audit.lost()))
                .register(registry);
    }

    private static Optional<CandidateReport> report(StackAdmin stack) {
        return stack.candidate().map(CandidateStack::report);
    }

    private static void loads(CandidateReport report, GaugeWithCallback.Callback gauge) {
        gauge.call((double) report.alike(), "alike");
        gauge.call((double) report.newlyAllowed(), "newly_allowed");
        gauge.call((double) report.newlyDenied(), "newly_denied");
        gauge.call((double) report.failed(), "failed");
        gauge.call((double) report.skipped(), "skipped");
        gauge.call((double) report.waiting(), "waiting");
    }

    /** Returns where the metrics are registered. */
    public PrometheusRegistry registry() {
        return registry;
    }

    @Override
    public void mediated(MediationRecord mediated) {
        String decision = decision(mediated);
        commands.labelValues(mediated.command().name(), decision).inc();
        durations
                .labelValues(mediated.command().name())
                .observe(mediated.duration().toNanos() / 1e9);
        if (mediated.command() == BpfCommand.PROG_LOAD) {
            mediated.decision().ifPresent(load -> load(load, decision));
        }
    }

    @Override
    public void refused(RefusedCall call) {
        refused.labelValues(call.kind().name()).inc();
    }

    private void load(LoadDecision load, String decision) {
        for (LoadDecision.Report report : load.reports()) {
            verdicts.labelValues(
                            report.verifier().name(), report.report().verdict().name())
                    .inc();
        }
        if (!load.isAllow()) {
            denials.labelValues(load.deniedBy().map(LsmId::name).orElse("framework"))
                    .inc();
        }
        load.result().basis().ifPresent(basis -> rule(basis, decision));
    }

    private void rule(PolicyBasis basis, String decision) {
        boolean hasSeries = rules.contains(basis) || (rules.size() < MOST_RULES && rules.add(basis));
        byRule.labelValues(basis.policy(), hasSeries ? String.valueOf(basis.line()) : "others", decision)
                .inc();
    }

    private static String decision(MediationRecord mediated) {
        return mediated.isDenied()
                ? "deny"
                : mediated.result().tried()
                        ? "tried"
                        : mediated.decision().isPresent() || mediated.said().isPresent() ? "allow" : "none";
    }
}
