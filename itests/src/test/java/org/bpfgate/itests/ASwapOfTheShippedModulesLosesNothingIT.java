package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import javax.inject.Inject;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.hook.SecurityHooks;
import org.bpfgate.hook.StackAdmin;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * While the bundles of the shipped modules are updated, restarted and replaced, and while Configuration Admin hands them their
 * settings again and with other rankings and modes, every signed and every listed program is let in, and no other one: not the
 * unlisted, not one that somebody else signed, not one that is signed well and revoked. An update of the framework bundle at
 * the end lets nothing in. The system property {@code bpfgate.churn.seconds} says for how long modules change.
 *
 * <p>After the update of the framework bundle nothing is refreshed: the test itself would be.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ASwapOfTheShippedModulesLosesNothingIT {
    private static final int THREADS = 8;
    private static final int FAULTS_SHOWN = 10;

    private static final String POLICY = """
            # dialect: bpfgate
            policy_name=swap policy_version=1.0.0
            DEFAULT action=DENY
            op=BPF_PROG_LOAD bpf_integrity=allowlist:UNEXPECTED action=DENY
            op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW
            op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW
            """;

    /** The kinds of program, told apart by their number of instructions. */
    private enum Kind {
        SIGNED(2, true),
        LISTED(3, true),
        UNLISTED(4, false),
        SIGNED_BY_A_STRANGER(5, false),
        SIGNED_AND_REVOKED(6, false);

        final int instructions;
        final boolean allowed;

        Kind(int instructions, boolean allowed) {
            this.instructions = instructions;
            this.allowed = allowed;
        }

        String listEntry() {
            return Loads.of(instructions)
                            .program()
                            .instructions()
                            .digest()
                            .orElseThrow()
                            .hex()
                    + "  p\n";
        }
    }

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private StackAdmin admin;

    @Inject
    private ConfigurationAdmin configurations;

    private final Map<Kind, byte[]> signatures = new EnumMap<>(Kind.class);
    private final LongAdder decisions = new LongAdder();
    private final LongAdder allowed = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder undecided = new LongAdder();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean frameworkGoes;
    private volatile boolean over;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                Gate.configurationAdmin(),
                frameworkProperty("org.osgi.framework.bsnversion").value("multiple"));
    }

    @Test
    public void signedAndListedProgramsAreLetInAndNoOthers() throws Exception {
        configureFramework(Map.of("lsm.required", "hornet,allowlist,ipe", "lsm.hold", "30000"));
        try (ModuleSwaps swaps = new ModuleSwaps(context, hooks, admin, configurations, settings())) {
            sign();
            List<Thread> threads = startDeciding();
            try {
                swaps.run(Duration.ofSeconds(Integer.getInteger("bpfgate.churn.seconds", 10)));
                report(swaps);
                updateFramework();
            } finally {
                over = true;
                for (Thread thread : threads) {
                    thread.join();
                }
            }
            assertThat(faults).isEmpty();
            assertThat(wrong.sum()).isZero();
            assertThat(undecided.sum()).isZero();
            assertThat(decisions.sum()).isGreaterThan(THREADS * (long) swaps.total());
            assertThat(swaps.counts()).containsOnlyKeys(ModuleSwaps.Change.values());
        }
    }

    private void configureFramework(Map<String, Object> settings) throws IOException {
        configurations.getConfiguration("org.bpfgate.framework", "?").update(FrameworkUtil.asDictionary(settings));
    }

    private static Map<String, Map<String, Object>> settings() throws IOException {
        Path directory = Files.createTempDirectory("swap");
        return ModuleSwaps.settings(
                Quickstart.trust(),
                Files.writeString(directory.resolve("list"), Kind.LISTED.listEntry()),
                Files.writeString(directory.resolve("revoked"), Kind.SIGNED_AND_REVOKED.listEntry()),
                Files.writeString(directory.resolve("policy.ipe"), POLICY));
    }

    private void sign() throws Exception {
        sign(Kind.SIGNED, "EXAMPLE-ONLY-NEVER-TRUST");
        sign(Kind.SIGNED_BY_A_STRANGER, "EXAMPLE-ONLY-STRANGER");
        sign(Kind.SIGNED_AND_REVOKED, "EXAMPLE-ONLY-NEVER-TRUST");
    }

    private void sign(Kind kind, String name) throws Exception {
        ServiceReference<ProgramSigner> found = context.getServiceReferences(
                        ProgramSigner.class, "(" + ProgramSigner.CONTRACT + "=hornet)")
                .iterator()
                .next();
        Path keys = Quickstart.directory().resolve("keys");
        signatures.put(
                kind,
                context.getService(found)
                        .sign(
                                SigningIdentity.of(keys.resolve(name + ".key"), keys.resolve(name + ".crt")),
                                Loads.of(kind.instructions).program().instructions(),
                                List.of()));
        context.ungetService(found);
    }

    private List<Thread> startDeciding() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::decideUntilOver, "deciding-" + i);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void decideUntilOver() {
        while (!over) {
            for (Kind kind : Kind.values()) {
                try {
                    decide(kind);
                } catch (RuntimeException | Error e) {
                    undecided.increment();
                    fault(kind + " threw " + e);
                }
            }
        }
    }

    private void decide(Kind kind) {
        ProgramLoad load = Loads.of(kind.instructions);
        byte[] signature = signatures.get(kind);
        if (signature != null) {
            load = load.withSignature(signature).withKeyring(KeyringId.USER);
        }
        boolean mayBeDenied = frameworkGoes;
        LoadDecision decision = hooks.bpfProgLoad(load);
        if (decision.isAllow()) {
            hooks.bpfProgFree(load.program());
        }
        // A denial that was asked for before, and given while the framework stopped, is right too.
        if (!decision.isAllow() && (mayBeDenied || frameworkGoes)) {
            return;
        }
        decisions.increment();
        if (decision.isAllow()) {
            allowed.increment();
        }
        if (decision.isAllow() != kind.allowed) {
            wrong.increment();
            fault(kind + ": " + decision.result() + ", " + decision.reports());
        } else if (!decision.isAllow() && decision.deniedBy().isEmpty()) {
            undecided.increment();
            fault(kind + " was not decided: " + decision.result());
        }
    }

    private void fault(String what) {
        if (faults.size() < FAULTS_SHOWN) {
            faults.add(what);
        }
    }

    private void report(ModuleSwaps swaps) {
        System.out.println("swaps: " + decisions + " decisions, " + allowed + " allowed, "
                + (decisions.sum() - allowed.sum()) + " denied, " + wrong + " wrong, " + undecided + " undecided, "
                + swaps.total() + " changes " + swaps.counts());
    }

    /** Also without a word on what is required; the modules stay with the classes of the old framework bundle. */
    private void updateFramework() throws Exception {
        Bundle framework = FrameworkUtil.getBundle(SecurityHooks.class);
        configureFramework(Map.of("lsm.hold", "0"));
        frameworkGoes = true;
        try (InputStream jar = Files.newInputStream(Gate.jar("framework-bundle"))) {
            framework.update(jar);
        }
        assertThat(framework.getState()).isEqualTo(Bundle.ACTIVE);
        for (Kind kind : Kind.values()) {
            assertThat(hooks.bpfProgLoad(Loads.of(kind.instructions)).isAllow())
                    .as("%s, asked of the old framework", kind)
                    .isFalse();
        }
        UpdatedHooks updated = UpdatedHooks.of(context);
        for (int i = 0; i < 100; i++) {
            assertThat(updated.allowsAProgram()).as("the new framework").isFalse();
        }
    }
}
