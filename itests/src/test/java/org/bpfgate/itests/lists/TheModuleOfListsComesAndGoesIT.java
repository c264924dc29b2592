package org.bpfgate.itests.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import javax.inject.Inject;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.allowlist.ListProgress;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * While the bundle of the verifier {@code allowlist} is installed, stopped, started, updated and uninstalled, and while its lists are
 * replaced on the disk and broken, no load is decided otherwise than by its lists, and none is lost. The policy lets in what it knows
 * nothing against, so that a moment without the lists would show.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TheModuleOfListsComesAndGoesIT {
    private static final int THREADS = 4;

    /** Instructions of the programs: listed, revoked though listed, never listed, and listed from some moment on. */
    private static final int LISTED = 2;

    private static final int REVOKED = 3;
    private static final int STRANGE = 4;
    private static final int LATER = 5;

    private static final String POLICY = """
            # dialect: bpfgate
            policy_name=all_but policy_version=1.0.0
            DEFAULT action=ALLOW
            op=BPF_PROG_LOAD bpf_integrity=allowlist:UNSIGNED action=DENY
            op=BPF_PROG_LOAD bpf_integrity=allowlist:UNEXPECTED action=DENY
            op=BPF_PROG_LOAD bpf_integrity=allowlist:FAULT action=DENY
            """;

    private static final ListProgress UNHEARD = new ListProgress() {
        @Override
        public void read(long bytes, long total) {}

        @Override
        public void writing() {}
    };

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private ConfigurationAdmin configurations;

    private final LongAdder decisions = new LongAdder();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> changes = new TreeMap<>();
    private final Random random = new Random(7);
    private Path directory;
    private Path allowed;
    private Path revoked;
    private Bundle lists;
    private volatile boolean over;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                Gate.configurationAdmin(),
                bundle(Gate.jar("ipe-policy-bundle").toUri().toString()),
                frameworkProperty("lsm.required").value("allowlist,ipe"),
                frameworkProperty("lsm.hold").value("30000"));
    }

    @Before
    public void installTheModule() throws Exception {
        directory = Files.createTempDirectory("lists");
        allowed = replace("allowed", text(LISTED, REVOKED));
        revoked = replace("revoked", text(REVOKED));
        Path policy = Files.writeString(directory.resolve("policy.ipe"), POLICY);
        configurations
                .getConfiguration("org.bpfgate.ipe", "?")
                .update(FrameworkUtil.asDictionary(Map.of("policy", policy.toString())));
        configurations
                .getConfiguration("org.bpfgate.allowlist", "?")
                .update(FrameworkUtil.asDictionary(Map.of(
                        "lists", new String[] {allowed.toString()}, "revocations", new String[] {revoked.toString()})));
        lists = install();
    }

    @After
    public void uninstallTheModule() throws BundleException {
        lists.uninstall();
    }

    @Test
    public void andNoDecisionIsMadeWithoutItsLists() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::decide, "deciding-" + i);
            thread.start();
            threads.add(thread);
        }
        try {
            change(Duration.ofSeconds(Integer.getInteger("bpfgate.churn.seconds", 10)));
        } finally {
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println("lists: " + decisions + " decisions, changes " + changes + ", faults " + faults.size());
        assertThat(faults).isEmpty();
        assertThat(decisions.sum()).isGreaterThan(1_000);
        assertThat(changes).containsOnlyKeys("restart", "update", "reinstall", "replace", "compile", "break");
    }

    /** All are asked within the time of one look at the files and some more. */
    @Test
    public void andARevocationIsTakenThoughTheOtherListIsBroken() throws Exception {
        replace("allowed", text(LISTED, LATER));
        await(() -> allows(LATER));
        replace("allowed", "oops\n");
        replace("revoked", text(REVOKED, LATER));
        await(() -> !allows(LATER));
        await(() -> problems() == 1);
        assertThat(allows(LISTED)).as("the broken list stays as it was").isTrue();
        ServiceReference<SecurityModule> module = context.getServiceReferences(
                        SecurityModule.class, "(bpfgate.problem=*)")
                .iterator()
                .next();
        assertThat((String[]) module.getProperty("bpfgate.problem"))
                .containsExactly(allowed + ":1:1: the line does not begin with a digest of 64 hexadecimal digits");
        assertThat((String[]) module.getProperty("bpfgate.lists"))
                .containsExactlyInAnyOrder(
                        "allowlist " + allowed + " (text, 2 programs)",
                        "revocations " + revoked + " (text, 2 programs)");
    }

    private void change(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<String> all = List.of("restart", "update", "reinstall", "replace", "compile", "break");
        for (int i = 0; System.nanoTime() < end || i < all.size(); i++) {
            String change = i < all.size() ? all.get(i) : all.get(random.nextInt(all.size()));
            make(change);
            // Configuration Admin hands the lists over some time after the start; what breaks a list waits for it.
            await(() -> hooks.stack().contains("allowlist"));
            changes.merge(change, 1, Integer::sum);
        }
    }

    private void make(String change) throws Exception {
        switch (change) {
            case "restart" -> {
                lists.stop();
                lists.start();
            }
            case "update" -> {
                try (InputStream jar = Files.newInputStream(Gate.jar("integrity-hash-bundle"))) {
                    lists.update(jar);
                }
            }
            case "reinstall" -> {
                lists.uninstall();
                lists = install();
            }
            case "replace" -> {
                replace("allowed", "# " + random.nextInt() + "\n" + text(REVOKED, LISTED));
                replace("revoked", "# " + random.nextInt() + "\n" + text(LATER, REVOKED));
            }
            case "compile" -> compile();
            default -> breakForAWhile();
        }
    }

    private void compile() throws Exception {
        ServiceReference<AllowlistCompiler> found = context.getServiceReference(AllowlistCompiler.class);
        AllowlistCompiler compiler = context.getService(found);
        compiler.compile(
                ListInputs.of(Files.writeString(directory.resolve("text"), text(LISTED, REVOKED))),
                allowed,
                UNHEARD,
                warning -> {});
        context.ungetService(found);
    }

    /** Only while the bundle runs: one that starts with a bad list refuses its configuration. */
    private void breakForAWhile() throws Exception {
        replace("allowed", "oops\n");
        await(() -> problems() == 1);
        replace("allowed", text(LISTED, REVOKED));
        await(() -> problems() == 0);
    }

    private int problems() throws Exception {
        return context.getServiceReferences(SecurityModule.class, "(bpfgate.problem=*)")
                .size();
    }

    private Bundle install() throws BundleException {
        Bundle bundle =
                context.installBundle(Gate.jar("integrity-hash-bundle").toUri().toString());
        bundle.start();
        return bundle;
    }

    private void decide() {
        while (!over) {
            expect(LISTED, true);
            expect(REVOKED, false);
            expect(STRANGE, false);
        }
    }

    private void expect(int instructions, boolean allow) {
        ProgramLoad load = Loads.of(instructions);
        LoadDecision decision = hooks.bpfProgLoad(load);
        decisions.increment();
        if (decision.isAllow()) {
            hooks.bpfProgFree(load.program());
        }
        if (decision.isAllow() != allow) {
            faults.add(instructions + " instructions: " + decision);
        }
    }

    private boolean allows(int instructions) {
        ProgramLoad load = Loads.of(instructions);
        LoadDecision decision = hooks.bpfProgLoad(load);
        hooks.bpfProgFree(load.program());
        return decision.isAllow();
    }

    /** Lists are looked at once a second. */
    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited for the lists").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private static String text(int... programs) {
        StringBuilder text = new StringBuilder();
        for (int instructions : programs) {
            text.append(Loads.of(instructions)
                            .program()
                            .instructions()
                            .digest()
                            .orElseThrow()
                            .hex())
                    .append("  p")
                    .append(instructions)
                    .append('\n');
        }
        return text.toString();
    }

    private Path replace(String name, String text) throws IOException {
        Path draft = Files.writeString(directory.resolve("draft"), text);
        return Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
