/**
 * For tests of verifiers and policies, without an OSGi framework: {@link org.bpfgate.testkit.LoadBuilder} makes loads,
 * {@link org.bpfgate.testkit.RecordedReports} shows what a verifier reports, {@link org.bpfgate.testkit.TestStack} decides with the
 * engine that runs in a gate, and {@link org.bpfgate.testkit.SecurityModuleContract} runs a module through the rules that hold for all.
 *
 * <p>Tests of modules may use this package. It imports the API, the engine of the framework bundle and JUnit Jupiter only.
 */
@NullMarked
package org.bpfgate.testkit;

import org.jspecify.annotations.NullMarked;
