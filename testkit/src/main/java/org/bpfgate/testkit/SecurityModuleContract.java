package org.bpfgate.testkit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * The rules that hold for every verifier and every policy, as tests for JUnit Jupiter. The test of a module extends this class and says how
 * the module is made; tests of its own stand beside:
 *
 * <pre>{@code
 * class SizeVerifierTest extends SecurityModuleContract {
 *     @Override
 *     protected SecurityModule newModule() {
 *         return new SizeVerifier(4096);
 *     }
 * }
 * }</pre>
 *
 * <p>Each rule is tried on every {@link OddLoad}, on a load of every program type, and on {@link #furtherLoads()}:
 *
 * <ul>
 *   <li>The module is the same each time: its name, its number, the types of its blobs.
 *   <li>No callback throws, returns null, or takes longer than {@link #longestCall()}; a program that goes away is freed without a fault, also one
 *       that the module never saw.
 *   <li>A verifier reports one verdict, or at most one: see {@link #reportsOnEveryLoad()}. It returns what the report returned, and
 *       denies nothing by itself.
 *   <li>Equal loads get equal answers: verdict, code and error number. See {@link #answersDependOnTheLoadOnly()}.
 *   <li>Several threads at once get the answers that one gets.
 *   <li>A policy answers to every verdict, and to a load of which no verifier said anything.
 * </ul>
 *
 * <p>The callbacks run on other threads than the test's.
 */
public abstract class SecurityModuleContract {
    /** Longer than any callback takes on a busy machine; a gate denies after 2 seconds. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(20);

    /** For a subclass. */
    protected SecurityModuleContract() {}

    /**
     * Makes a module as its bundle registers it, ready to decide. Called several times for each test; each module has to be able to live
     * beside others.
     */
    protected abstract SecurityModule newModule();

    /** Returns further loads to try, by what is odd about them; each supplier makes a load of a new program, equal to its last one. */
    protected Map<String, Supplier<ProgramLoad>> furtherLoads() {
        return Map.of();
    }

    /**
     * Returns whether the verifier has a verdict on every load; true unless overridden. Otherwise it may let a load pass without a report,
     * as one does that looks at some types of programs only.
     */
    protected boolean reportsOnEveryLoad() {
        return true;
    }

    /**
     * Returns whether the answer to a load depends on it and on the settings only; true unless overridden, as for a policy that counts loads
     * or looks at the clock.
     */
    protected boolean answersDependOnTheLoadOnly() {
        return true;
    }

    /** Returns how long the callbacks for one load may take; 20 seconds unless overridden. */
    protected Duration longestCall() {
        return LONGEST_CALL;
    }

    /** Returns the tests; JUnit calls this. */
    @TestFactory
    public final Stream<DynamicNode> contract() {
        Supplier<SecurityModule> modules = this::newModule;
        LoadCheck check = new LoadCheck(modules, longestCall());
        List<DynamicNode> rules = new ArrayList<>();
        rules.add(dynamicTest("isTheSameModuleEachTime", () -> ModuleIdentity.check(newModule())));
        rules.add(onEachLoad("everyLoadIsAnsweredWithoutAFault", check::answersWithoutAFault));
        rules.add(onEachLoad("aProgramThatGoesAwayIsFreed", check::frees));
        rules.add(limited("aProgramThatItNeverSawIsFreed", check::freesWhatItNeverSaw));
        if (newModule() instanceof BpfProgLoadIntegrityHook) {
            boolean always = reportsOnEveryLoad();
            rules.add(onEachLoad(
                    always ? "theVerifierReportsOneVerdict" : "theVerifierReportsAtMostOneVerdict",
                    load -> check.reportsOnce(load, always)));
            rules.add(onEachLoad("theVerifierReturnsWhatItsReportReturned", check::returnsWhatTheReportReturned));
            rules.add(onEachLoad("theVerifierDeniesNothing", check::deniesNothing));
        }
        if (answersDependOnTheLoadOnly()) {
            rules.add(onEachLoad("equalLoadsGetEqualAnswers", check::answersEqually));
            rules.add(limited("severalThreadsGetTheAnswersOfOne", () -> check.answersSeveralThreads(loads())));
        }
        return rules.stream();
    }

    /** A rule that is tried on each load. */
    private interface OnLoad {
        void check(Supplier<ProgramLoad> load) throws Exception;
    }

    private DynamicContainer onEachLoad(String rule, OnLoad check) {
        return dynamicContainer(
                rule,
                loads().entrySet().stream()
                        .map(load -> limited(
                                load.getKey(), rule + ", load " + load.getKey(), () -> check.check(load.getValue()))));
    }

    private DynamicNode limited(String name, Executable test) {
        return limited(name, name, test);
    }

    /** Build tools show the message of a failure, and often not the names of dynamic tests: the message names rule and load. */
    private DynamicNode limited(String name, String what, Executable test) {
        return dynamicTest(name, () -> {
            try {
                Assertions.assertTimeoutPreemptively(longestCall().multipliedBy(2), test);
            } catch (AssertionError e) {
                throw new AssertionError(what + ": " + e.getMessage(), e);
            }
        });
    }

    private Map<String, Supplier<ProgramLoad>> loads() {
        Map<String, Supplier<ProgramLoad>> loads = new LinkedHashMap<>();
        for (OddLoad odd : OddLoad.values()) {
            loads.put(odd.name(), odd);
        }
        for (ProgramType type : ProgramType.values()) {
            loads.put("type " + type.label(), () -> LoadBuilder.load(type).build());
        }
        loads.putAll(furtherLoads());
        return loads;
    }
}
