package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.bpfgate.integrity.ContentSigner;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.itests.FrameworkLog;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.TestModules;
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
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Settings that were refused at first, as what they need was not there yet, are used later; and when Configuration Admin deletes them
 * they are in force no more. Felix Configuration Admin tells nothing of that to a service that threw.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ADeletedConfigurationIsInForceNoMoreIT {
    private static final String LISTS = "org.bpfgate.allowlist";
    private static final String TRUST = "org.bpfgate.hornet";
    private static final String POLICY = "org.bpfgate.ipe";
    private static final String KERNEL = "org.bpfgate.kernel";

    /** Settings arrive within milliseconds on an idle machine. */
    private static final long SOON_NANOS = 20_000_000_000L;

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private ConfigurationAdmin configurations;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                Gate.signers(),
                frameworkProperty("lsm.hold").value("0"),
                Gate.library("jackson-core"),
                Gate.configurationAdmin());
    }

    @Test(timeout = 120_000)
    public void alsoWhenTheyWereUsedByALaterTry() throws Exception {
        Path directory = Files.createTempDirectory("deleted");
        Path manifest = directory.resolve("manifest");
        Path policy = directory.resolve("policy");
        Bundle signatures = install("integrity-sig-bundle");
        signatures.start();
        sign("# a list\n" + digest() + "  listed\n", manifest);
        sign("# dialect: bpfgate\npolicy_name=it policy_version=1.0.0\nDEFAULT action=ALLOW\n", policy);
        signatures.stop();
        try (FrameworkLog listLog = new FrameworkLog(LISTS);
                FrameworkLog policyLog = new FrameworkLog(POLICY)) {
            write(LISTS, Map.of("lists", manifest.toString(), "signed", true));
            write(POLICY, Map.of("policy", policy.toString()));
            install("integrity-hash-bundle").start();
            install("ipe-policy-bundle").start();
            await(() -> !listLog.messages().isEmpty() && !policyLog.messages().isEmpty());
            Path trust = trust(directory);
            write(TRUST, Map.of("trust", trust.toString()));
            signatures.start();
            await(() -> names().equals(List.of("hornet", "native", "allowlist", "ipe")));
            assertThat(listLog.messages())
                    .containsExactly(
                            "org.bpfgate.allowlist: lists: " + manifest
                                    + ":1:1: is signed, and no verifier of signed texts is here; these settings are not in use");
            assertThat(policyLog.messages())
                    .containsExactly("org.bpfgate.ipe: policy: " + policy
                            + ": no verifier of signed texts is running (ENOPKG); these settings are not in use");
            configurations.getConfiguration(LISTS, "?").delete();
            await(() -> names().equals(List.of("hornet", "native", "ipe")));
            configurations.getConfiguration(POLICY, "?").delete();
            await(() -> !hooks.bpfProgLoad(Loads.even()).isAllow());
            assertThat(listLog.messages()).hasSize(2).last().asString().contains("was deleted", "leaves the stack");
            assertThat(policyLog.messages()).hasSize(2).last().asString().contains("was deleted", "denies every load");
        }
    }

    @Test(timeout = 120_000)
    public void aBadSettingOfAnyBundleIsOneLine() throws Exception {
        try (FrameworkLog log = new FrameworkLog(KERNEL)) {
            install("kernel-bundle").start();
            write(KERNEL, Map.of("probes", "/nowhere"));
            await(() -> !log.messages().isEmpty());
            assertThat(log.messages())
                    .containsExactly(
                            "org.bpfgate.kernel: probes: /nowhere: no such file; these settings are not in use");
            configurations.getConfiguration(KERNEL, "?").delete();
        }
    }

    /** Policies need a key of the keyring builtin. */
    private static Path trust(Path directory) throws Exception {
        Path trust = Files.createDirectories(directory.resolve("trust").resolve("builtin"))
                .getParent();
        Path certificate = Quickstart.directory().resolve("keys/EXAMPLE-ONLY-NEVER-TRUST.crt");
        Files.copy(certificate, trust.resolve("key.crt"));
        Files.copy(certificate, trust.resolve("builtin/key.crt"));
        return trust;
    }

    private static String digest() {
        return Loads.even().program().instructions().digest().orElseThrow().hex();
    }

    private void sign(String text, Path target) throws Exception {
        Path keys = Quickstart.directory().resolve("keys");
        ContentSigner signer = context.getService(context.getServiceReference(ContentSigner.class));
        SigningIdentity identity = SigningIdentity.of(
                keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.key"), keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.crt"));
        Files.write(target, signer.sign(identity, text.getBytes(StandardCharsets.UTF_8)));
    }

    private Bundle install(String name) throws Exception {
        return context.installBundle(Gate.jar(name).toUri().toString());
    }

    private void write(String pid, Map<String, Object> settings) throws Exception {
        configurations.getConfiguration(pid, "?").update(FrameworkUtil.asDictionary(settings));
    }

    private List<String> names() {
        return TestModules.names(hooks);
    }

    private static void await(BooleanSupplier condition) {
        long before = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - before)
                    .as("waited for configurations")
                    .isLessThan(SOON_NANOS);
            Thread.onSpinWait();
        }
    }
}
