package org.bpfgate.integrity.hash.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.bpfgate.hook.SecurityModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

class WithConfigurationAdminTheModuleJoinsWithItsListsTest {
    @TempDir
    private Path directory;

    private final AllowlistActivator module = new AllowlistActivator();
    private Framework osgi;
    private BundleContext context;
    private ManagedService configuration;

    @BeforeEach
    void start() throws Exception {
        osgi = new Felix(
                Map.of(Constants.FRAMEWORK_STORAGE, directory.resolve("felix").toString()));
        osgi.init();
        context = osgi.getBundleContext();
        context.registerService(ConfigurationAdmin.class, nobody(), null);
        module.start(context);
        configuration = context.getService(context.getServiceReference(ManagedService.class));
    }

    @AfterEach
    void stop() throws Exception {
        osgi.stop();
        osgi.waitForStop(5000);
    }

    @Test
    void notBefore() throws Exception {
        assertThat(offered()).isNull();
        configuration.updated(lists(Files.writeString(directory.resolve("list"), "")));
        assertThat((String[]) offered().getProperty("bpfgate.lists"))
                .containsExactly("allowlist " + directory.resolve("list") + " (text, 0 programs)");
        module.stop(context);
        assertThat(offered()).isNull();
    }

    @Test
    void norWithABadOne() throws Exception {
        Dictionary<String, ?> bad = lists(Files.writeString(directory.resolve("list"), "oops\n"));
        assertThatThrownBy(() -> configuration.updated(bad)).isInstanceOf(ConfigurationException.class);
        assertThat(offered()).isNull();
        module.stop(context);
    }

    @Test
    void butWithoutListsWhenTheConfigurationSaysNone() throws Exception {
        configuration.updated(null);
        assertThat(offered()).as("no configuration is no good one").isNull();
        configuration.updated(FrameworkUtil.asDictionary(Map.of("lists", "none")));
        assertThat(offered()).isNotNull();
        configuration.updated(null);
        assertThat(offered()).as("nor is one that was deleted").isNull();
        module.stop(context);
        configuration.updated(FrameworkUtil.asDictionary(Map.of("lists", "none")));
        assertThat(offered())
                .as("settings that come too late bring nothing back")
                .isNull();
    }

    private ServiceReference<SecurityModule> offered() {
        return context.getServiceReference(SecurityModule.class);
    }

    private static Dictionary<String, ?> lists(Path list) {
        return FrameworkUtil.asDictionary(Map.of("lists", new String[] {list.toString()}));
    }

    /** That it is there is what counts; the framework asks it for its hash code. */
    private static ConfigurationAdmin nobody() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                ConfigurationAdmin.class.getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> method.getName().equals("hashCode") ? 1 : null);
    }
}
