package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.bpfgate.itests.Gate;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
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
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * The three middle bundles come and go in any order, and each load is decided by the modules that are there; without the
 * policy, which was there, none is let in.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ModulesInAnyOrderDecideIT {
    private static final List<List<String>> ORDERS = List.of(
            List.of("integrity-sig-bundle", "integrity-hash-bundle", "ipe-policy-bundle"),
            List.of("integrity-sig-bundle", "ipe-policy-bundle", "integrity-hash-bundle"),
            List.of("integrity-hash-bundle", "integrity-sig-bundle", "ipe-policy-bundle"),
            List.of("integrity-hash-bundle", "ipe-policy-bundle", "integrity-sig-bundle"),
            List.of("ipe-policy-bundle", "integrity-sig-bundle", "integrity-hash-bundle"),
            List.of("ipe-policy-bundle", "integrity-hash-bundle", "integrity-sig-bundle"));

    private static final Map<String, String> MODULE_OF =
            Map.of("integrity-sig-bundle", "hornet", "integrity-hash-bundle", "allowlist", "ipe-policy-bundle", "ipe");

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Configuration
    public Option[] container() {
        return options(Gate.framework(), frameworkProperty("lsm.hold").value("0"));
    }

    @Test
    public void installedAndStartedInEachOrderTheStackAndTheDecisionAreTheSame() throws Exception {
        for (List<String> order : ORDERS) {
            Map<String, Bundle> bundles = start(order);
            configure();
            assertThat(stack()).as("stack after %s", order).containsExactly("hornet", "native", "allowlist", "ipe");
            assertThat(decide(listed()).isAllow())
                    .as("listed program after %s", order)
                    .isTrue();
            assertThat(decide(unlisted()).isAllow())
                    .as("unlisted program after %s", order)
                    .isFalse();
            uninstall(bundles);
            assertThat(stack()).isEmpty();
        }
    }

    @Test
    public void stoppedInEachOrderTheRestDecides() throws Exception {
        for (List<String> order : ORDERS) {
            Map<String, Bundle> bundles = start(ORDERS.getFirst());
            configure();
            boolean listPresent = true;
            boolean policyPresent = true;
            for (String module : order) {
                bundles.get(module).stop();
                assertThat(stack()).doesNotContain(MODULE_OF.get(module));
                listPresent &= !module.equals("integrity-hash-bundle");
                policyPresent &= !module.equals("ipe-policy-bundle");
                boolean allowed = decide(listed()).isAllow();
                assertThat(allowed)
                        .as("listed program in %s, list %s, policy %s", order, listPresent, policyPresent)
                        .isEqualTo(listPresent && policyPresent);
            }
            uninstall(bundles);
        }
    }

    private Map<String, Bundle> start(List<String> order) throws BundleException {
        Map<String, Bundle> bundles = new HashMap<>();
        for (String module : order) {
            bundles.put(module, context.installBundle(Gate.jar(module).toUri().toString()));
        }
        for (String module : order) {
            bundles.get(module).start();
        }
        return bundles;
    }

    private static void uninstall(Map<String, Bundle> bundles) throws BundleException {
        for (Bundle bundle : bundles.values()) {
            bundle.uninstall();
        }
    }

    private void configure() throws Exception {
        Path directory = Files.createTempDirectory("bpfgate-it");
        Path list = directory.resolve("allowlist");
        Files.writeString(
                list, listed().program().instructions().digest().orElseThrow().hex() + "  listed\n");
        configure("org.bpfgate.hornet", Map.of("trust", "none"));
        configure("org.bpfgate.allowlist", Map.of("lists", new String[] {list.toString()}));
        Path policy = directory.resolve("policy.ipe");
        Files.writeString(policy, """
                # dialect: bpfgate
                policy_name=it policy_version=1.0.0
                DEFAULT action=DENY
                op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW
                """);
        configure("org.bpfgate.ipe", Map.of("policy", policy.toString()));
    }

    private void configure(String pid, Map<String, Object> properties) throws Exception {
        ServiceReference<ManagedService> reference = context.getServiceReferences(
                        ManagedService.class, "(service.pid=" + pid + ")")
                .iterator()
                .next();
        try {
            context.getService(reference).updated(FrameworkUtil.asDictionary(properties));
        } catch (ConfigurationException e) {
            throw new AssertionError(e.getReason(), e);
        }
    }

    private List<String> stack() {
        return hooks.stack().modules().stream().map(entry -> entry.lsm().name()).toList();
    }

    private LoadDecision decide(ProgramLoad load) {
        LoadDecision decision = hooks.bpfProgLoad(load);
        hooks.bpfProgFree(load.program());
        return decision;
    }

    private static ProgramLoad listed() {
        return program(0);
    }

    private static ProgramLoad unlisted() {
        return program(1);
    }

    /** {@code r0 = result; exit}. */
    private static ProgramLoad program(int result) {
        byte[] code = {(byte) 0xb7, 0, 0, 0, (byte) result, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};
        return ProgramLoad.of(new BpfProgram("listed", ProgramType.SOCKET_FILTER, Instructions.of(code)));
    }
}
