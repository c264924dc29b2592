package org.bpfgate.integrity.sig.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.signing.internal.contract.HornetSigner;
import org.bpfgate.signing.internal.contract.MapSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** The bundle's services, in a real framework. */
class KeyringsFollowTheConfigurationTest {
    private static final Instructions PROGRAM = Instructions.of(new byte[8]);

    @TempDir
    Path directory;

    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, directory.resolve("cache").toString()));
        framework.start();
        context = framework.getBundleContext();
        new IntegritySigActivator().start(context);
        assertThat(context.getServiceReference(SecurityModule.class))
                .as("not ready without settings")
                .isNull();
        for (Map<String, Object> naming : List.<Map<String, Object>>of(
                Map.of(), Map.of("trust", ""), Map.of("trust", new String[0]), Map.of("mode", "strict"))) {
            assertThatThrownBy(() -> service(ManagedService.class).updated(FrameworkUtil.asDictionary(naming)))
                    .as("%s", naming)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("names no certificate");
            assertThat(context.getServiceReference(SecurityModule.class))
                    .as("ready with %s", naming)
                    .isNull();
        }
        configure("none");
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private <S> ServiceReference<S> only(Class<S> type) throws Exception {
        Collection<ServiceReference<S>> found = context.getServiceReferences(type, null);
        assertThat(found).hasSize(1);
        return found.iterator().next();
    }

    private <S> S service(Class<S> type) throws Exception {
        return context.getService(only(type));
    }

    private BpfProgLoadIntegrityHook module(String name) throws Exception {
        for (ServiceReference<SecurityModule> reference : context.getServiceReferences(SecurityModule.class, null)) {
            if (context.getService(reference).lsmId().name().equals(name)) {
                return (BpfProgLoadIntegrityHook) context.getService(reference);
            }
        }
        throw new AssertionError("no module " + name);
    }

    private Map<String, Object> rankings() throws Exception {
        Map<String, Object> rankings = new HashMap<>();
        for (ServiceReference<SecurityModule> reference : context.getServiceReferences(SecurityModule.class, null)) {
            rankings.put(
                    context.getService(reference).lsmId().name(), reference.getProperty(Constants.SERVICE_RANKING));
        }
        return rankings;
    }

    private void configure(Object trust) throws Exception {
        service(ManagedService.class).updated(FrameworkUtil.asDictionary(Map.of("trust", trust)));
    }

    private Object keyrings() throws Exception {
        return only(ManagedService.class).getProperty("bpfgate.keyrings");
    }

    private IntegrityVerdict verdict(byte[] signature) throws Exception {
        ProgramLoad load = ProgramLoad.of(new BpfProgram("", ProgramType.XDP, PROGRAM))
                .withSignature(signature)
                .withKeyring(KeyringId.USER);
        return Reported.by(module("hornet"), load).verdict();
    }

    @Test
    void theServicesAreRegistered() throws Exception {
        assertThat(module("hornet").lsmId().number()).isEqualTo(114);
        assertThat(module("native").lsmId().number()).isEqualTo(0);
        assertThat(rankings()).isEqualTo(Map.of("hornet", 300, "native", 290));
        assertThat(only(ManagedService.class).getProperty(Constants.SERVICE_PID))
                .isEqualTo("org.bpfgate.hornet");
        assertThat(keyrings()).isEqualTo(new String[0]);
    }

    @Test
    void anUpdateTakesEffectAndAFaultyOneLeavesTheLastGoodKeyrings() throws Exception {
        Identity signer = new Openssl(directory).selfSigned("signer", "P-256");
        byte[] signature = new HornetSigner(MapSchema.HASHES).sign(signer.signing(), PROGRAM, List.of());
        assertThat(verdict(signature)).isEqualTo(IntegrityVerdict.BADSIG);
        SignedContentReader reader = service(SignedContentReader.class);
        long first = reader.keyringGeneration();

        configure(new String[] {signer.certificateFile().toString()});
        assertThat(verdict(signature)).isEqualTo(IntegrityVerdict.OK);
        assertThat(keyrings()).isEqualTo(new String[] {"user"});
        long second = reader.keyringGeneration();
        assertThat(second).isGreaterThan(first);

        Path bad = Files.writeString(directory.resolve("bad.pem"), "hello");
        assertThatThrownBy(
                        () -> configure(new String[] {signer.certificateFile().toString(), bad.toString()}))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                    assertThat(e.getProperty()).isEqualTo("trust");
                    assertThat(e.getReason()).startsWith(bad + ": not a usable certificate");
                });
        assertThat(verdict(signature)).isEqualTo(IntegrityVerdict.OK);
        assertThat(keyrings()).isEqualTo(new String[] {"user"});
        assertThat(reader.keyringGeneration()).isEqualTo(second);

        service(ManagedService.class).updated(FrameworkUtil.asDictionary(Map.of()));
        assertThat(verdict(signature)).isEqualTo(IntegrityVerdict.BADSIG);
        assertThat(keyrings()).isEqualTo(new String[0]);
    }

    @Test
    void pathsWithoutCertificatesAreTold() throws Exception {
        Identity signer = new Openssl(directory).selfSigned("signer", "P-256");
        Path empty = directory.resolve("empty");
        Files.createDirectories(empty.resolve("bulitin"));
        Files.copy(signer.certificateFile(), empty.resolve("bulitin/a.pem"));

        configure(new String[] {empty.toString()});
        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith(empty + ": holds no certificate")
                .endsWith("; nobody is trusted, so no signature is good");
        configure(new String[] {empty.toString(), signer.certificateFile().toString()});
        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith(empty + ": ")
                .endsWith(" and NAME=NUMBER");
        configure(new String[] {signer.certificateFile().toString()});
        assertThat(warnings()).isEmpty();
        configure("none");
        assertThat(warnings()).as("on purpose").isEmpty();
        Files.createDirectories(empty.resolve("blacklist"));
        Files.copy(signer.certificateFile(), empty.resolve("blacklist/a.pem"));
        configure(new String[] {empty.toString()});
        assertThat(warnings()).singleElement().asString().contains("holds no certificate to trust");
    }

    private List<String> warnings() throws Exception {
        return only(ManagedService.class).getProperty("bpfgate.warning") instanceof String[] warnings
                ? List.of(warnings)
                : List.of();
    }

    @Test
    void otherTypesAndImpossiblePathsAreRefused() {
        assertThatThrownBy(() -> configure(5)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(
                        () -> service(ManagedService.class).updated(FrameworkUtil.asDictionary(Map.of("trsut", "a"))))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.getReason())
                                .isEqualTo(
                                        "there is no such setting; the nearest one is trust (known are mode, service.ranking, trust)"));
        assertThatThrownBy(() -> configure(new String[] {"a\0b"})).isInstanceOf(ConfigurationException.class);
    }
}
