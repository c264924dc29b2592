package org.bpfgate.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Assertions;

/**
 * The rules of the contract that are about loads, each tried on one load.
 *
 * @param modules makes a module for each stack
 * @param budget how long one callback may take
 */
record LoadCheck(Supplier<SecurityModule> modules, Duration budget) {
    private static final int THREADS = 4;

    /** A name that no module should have. */
    private static final String OTHER = "test-verifier";

    /** Tries a load after a verifier with each verdict, and without one. */
    void answersWithoutAFault(Supplier<ProgramLoad> load) {
        others().forEach(other -> {
            try (TestStack stack = TestStack.within(budget, other, modules.get())) {
                stack.decide(load.get());
                Assertions.assertEquals(List.of(), stack.faults());
            }
        });
    }

    private static Stream<FixedVerifier> others() {
        return Stream.concat(
                Stream.of(FixedVerifier.silent(OTHER)),
                Stream.of(IntegrityVerdict.values())
                        .filter(verdict -> verdict != IntegrityVerdict.NONE)
                        .map(verdict -> FixedVerifier.reporting(OTHER, verdict)));
    }

    /** Tries a program that is let in and goes away, and one that another module refuses. */
    void frees(Supplier<ProgramLoad> load) {
        try (TestStack stack = TestStack.within(budget, modules.get())) {
            ProgramLoad first = load.get();
            stack.decide(first);
            stack.hooks().bpfProgFree(first.program());
            stack.add(FixedVerifier.reporting(OTHER, IntegrityVerdict.BADSIG));
            stack.add(new AnsweringPolicy(HookResult.deny(Errno.EACCES, "a test wants it so")));
            stack.decide(load.get());
            Assertions.assertEquals(List.of(), stack.faults());
        }
    }

    void freesWhatItNeverSaw() {
        try (TestStack stack = TestStack.within(budget, FixedVerifier.silent(OTHER))) {
            ProgramLoad before = LoadBuilder.load().build();
            stack.decide(before);
            stack.add(modules.get());
            stack.hooks().bpfProgFree(before.program());
            Assertions.assertEquals(List.of(), stack.faults());
        }
    }

    void reportsOnce(Supplier<ProgramLoad> load, boolean always) {
        int reports = RecordedReports.within(budget, verifier(), load.get(), HookResult.ALLOW)
                .reports()
                .size();
        if (always || reports > 1) {
            Assertions.assertEquals(
                    1, reports, "number of reports (override reportsOnEveryLoad() for a verifier that may be silent)");
        }
    }

    void returnsWhatTheReportReturned(Supplier<ProgramLoad> load) {
        HookResult denial = HookResult.deny(Errno.EACCES, "a test wants it so");
        RecordedReports reports = RecordedReports.within(budget, verifier(), load.get(), denial);
        if (!reports.reports().isEmpty()) {
            Assertions.assertSame(
                    denial,
                    reports.result(),
                    "a report was answered by a denial, and the verifier returned something else than this answer");
        }
    }

    void deniesNothing(Supplier<ProgramLoad> load) {
        HookResult result = RecordedReports.within(budget, verifier(), load.get(), HookResult.ALLOW)
                .result();
        Assertions.assertTrue(result.isAllow(), () -> "the verifier denied: " + result);
    }

    private BpfProgLoadIntegrityHook verifier() {
        return (BpfProgLoadIntegrityHook) modules.get();
    }

    void answersEqually(Supplier<ProgramLoad> load) {
        try (TestStack stack = TestStack.within(budget, other(), modules.get())) {
            Assertions.assertEquals(answer(stack, load), answer(stack, load));
        }
        try (TestStack stack = TestStack.within(budget, other(), modules.get())) {
            List<String> later = answer(stack, load);
            try (TestStack another = TestStack.within(budget, other(), modules.get())) {
                Assertions.assertEquals(later, answer(another, load), "answers of two modules that are made alike");
            }
        }
    }

    private static FixedVerifier other() {
        return FixedVerifier.reporting(OTHER, IntegrityVerdict.OK);
    }

    /** Runs several threads, each with loads of its own, through one module. */
    void answersSeveralThreads(Map<String, Supplier<ProgramLoad>> loads) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (TestStack stack = TestStack.within(budget, other(), modules.get())) {
            Map<String, List<String>> expected = answers(stack, loads);
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<Map<String, List<String>>>> found = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                found.add(threads.submit(() -> {
                    start.await();
                    return answers(stack, loads);
                }));
            }
            for (Future<Map<String, List<String>>> one : found) {
                Assertions.assertEquals(expected, one.get());
            }
            Assertions.assertEquals(List.of(), stack.faults());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, List<String>> answers(TestStack stack, Map<String, Supplier<ProgramLoad>> loads) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        loads.forEach((name, load) -> answers.put(name, answer(stack, load)));
        return answers;
    }

    /** What programs rely on: verdicts, their codes, the error number. Reasons are for people. */
    private static List<String> answer(TestStack stack, Supplier<ProgramLoad> load) {
        ProgramLoad made = load.get();
        LoadDecision decision = stack.decide(made);
        stack.hooks().bpfProgFree(made.program());
        List<String> answer = new ArrayList<>();
        for (LoadDecision.Report entry : decision.reports()) {
            IntegrityReport report = entry.report();
            answer.add(entry.verifier() + "=" + report.verdict() + " "
                    + report.code().orElse(""));
        }
        answer.add(decision.result().errno().map(Enum::name).orElse("ALLOW"));
        return answer;
    }
}
