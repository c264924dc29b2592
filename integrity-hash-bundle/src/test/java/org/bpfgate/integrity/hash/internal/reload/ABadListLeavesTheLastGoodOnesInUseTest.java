package org.bpfgate.integrity.hash.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.Felix;
import org.bpfgate.framework.internal.FrameworkActivator;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.hash.internal.AllowlistActivator;
import org.bpfgate.integrity.hash.internal.list.Lists;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** The whole module in a real service registry, beside the real framework bundle's classes. */
class ABadListLeavesTheLastGoodOnesInUseTest {
    @TempDir
    private Path directory;

    private final AllowlistActivator module = new AllowlistActivator();
    private Framework osgi;
    private SecurityHooks hooks;
    private ManagedService configuration;

    @BeforeEach
    void start() throws BundleException, InvalidSyntaxException {
        osgi = new Felix(
                Map.of(Constants.FRAMEWORK_STORAGE, directory.resolve("felix").toString()));
        osgi.init();
        BundleContext context = osgi.getBundleContext();
        new FrameworkActivator().start(context);
        module.start(context);
        hooks = context.getService(context.getServiceReference(SecurityHooks.class));
        configuration = context.getService(
                context.getServiceReferences(ManagedService.class, "(service.pid=org.bpfgate.allowlist)")
                        .iterator()
                        .next());
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        module.stop(osgi.getBundleContext());
        osgi.stop();
        osgi.waitForStop(5000);
    }

    @Test
    void isInTheStackAndSilentWithoutLists() throws ConfigurationException {
        assertThat(hooks.stack().modules()).as("not without settings").isEmpty();
        configureNone();
        assertThat(hooks.stack().modules())
                .extracting(entry -> entry.lsm().name(), ModuleStack.Entry::ranking)
                .containsExactly(tuple("allowlist", 200));
        assertThat(verdict(1)).isEmpty();
        configuration.updated(null);
        assertThat(verdict(1)).isEmpty();
        configureNone();
        assertThat(verdict(1)).isEmpty();
    }

    /** More likely a slip than meant, and it would let in what the lists in use revoke. */
    @Test
    void settingsThatNameNoListAreRefused() throws IOException, ConfigurationException {
        String reason = "neither lists nor revocations names a list";
        for (Dictionary<String, ?> empty : List.<Dictionary<String, ?>>of(
                FrameworkUtil.asDictionary(Map.of()),
                list(),
                FrameworkUtil.asDictionary(Map.of("revocations", "", "follow", true)))) {
            refuses(empty, reason);
            assertThat(hooks.stack().modules()).isEmpty();
        }
        configure(write("a", entry(1)));
        refuses(list(), reason);
        assertThat(verdict(1)).contains(IntegrityVerdict.OK);
        configureNone();
        assertThat(verdict(1)).isEmpty();
    }

    @Test
    void anEmptyListIsAListThatListsNothing() throws IOException, ConfigurationException {
        configure(write("empty", ""));
        assertThat(verdict(1)).contains(IntegrityVerdict.UNSIGNED);
    }

    @Test
    void readsAllLists() throws IOException, ConfigurationException {
        configure(write("a", entry(1)), write("b", entry(2)));
        assertThat(verdict(1)).contains(IntegrityVerdict.OK);
        assertThat(verdict(2)).contains(IntegrityVerdict.OK);
        assertThat(verdict(3)).contains(IntegrityVerdict.UNEXPECTED);
    }

    @Test
    void keepsThemAllWhenTheSecondIsBad() throws IOException, ConfigurationException {
        configure(write("a", entry(1)));
        String bad = write("b", entry(3) + "oops\n");
        refuses(
                list(write("a", entry(2)), bad),
                bad + ":2:1: the line does not begin with a digest of 64 hexadecimal digits");
        assertThat(verdict(1)).contains(IntegrityVerdict.OK);
        assertThat(verdict(2)).contains(IntegrityVerdict.UNEXPECTED);
        assertThat(verdict(3)).contains(IntegrityVerdict.UNEXPECTED);
    }

    @Test
    void takesTheListsAwayWithTheConfiguration() throws IOException, ConfigurationException {
        configure(write("a", entry(1)));
        configuration.updated(null);
        assertThat(verdict(1)).isEmpty();
    }

    @Test
    void refusesWhatIsNoPath() throws IOException, ConfigurationException {
        configure(write("a", entry(1)));
        refuses(list(""), "holds an empty path");
        refuses(list("a\0b"), "holds what is not a path: Nul character not allowed");
        assertThat(verdict(1)).contains(IntegrityVerdict.OK);
    }

    @Test
    void takesPathsInAnyForm() throws IOException, ConfigurationException {
        String first = write("a", entry(1));
        String second = write("b", entry(2));
        for (Object form : List.of(first + ", " + second, new String[] {first, second}, List.of(first, second))) {
            configureNone();
            configuration.updated(FrameworkUtil.asDictionary(Map.of("lists", form, "signed", "false")));
            assertThat(verdict(1)).contains(IntegrityVerdict.OK);
            assertThat(verdict(2)).contains(IntegrityVerdict.OK);
        }
    }

    private void refuses(Dictionary<String, ?> properties, String reason) {
        assertThatThrownBy(() -> configuration.updated(properties))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                    assertThat(e.getProperty()).isEqualTo("lists");
                    assertThat(e.getReason()).startsWith(reason);
                });
    }

    private void configure(String... paths) throws ConfigurationException {
        configuration.updated(list(paths));
    }

    private void configureNone() throws ConfigurationException {
        configuration.updated(FrameworkUtil.asDictionary(Map.of("lists", "none")));
    }

    private static Dictionary<String, ?> list(String... paths) {
        return FrameworkUtil.asDictionary(Map.of("lists", paths));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static String entry(int number) {
        return Lists.hex(Lists.returning(number)) + "  count # type=xdp\n";
    }

    private Optional<IntegrityVerdict> verdict(int number) {
        LoadDecision decision =
                hooks.bpfProgLoad(ProgramLoad.of(Lists.program("count", ProgramType.XDP, Lists.returning(number))));
        assertThat(decision.isAllow()).isTrue();
        return decision.reports().stream()
                .map(report -> report.report().verdict())
                .findFirst();
    }
}
