package org.bpfgate.integrity.hash.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.felix.framework.Felix;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.hash.internal.AllowlistActivator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

class AFaultOfAReloadIsLoggedTest {
    @TempDir
    private Path directory;

    private final AllowlistActivator module = new AllowlistActivator();
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final Logger logger = Logger.getLogger("org.bpfgate.allowlist");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Framework osgi;
    private ManagedService configuration;

    @BeforeEach
    void start() throws Exception {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        osgi = new Felix(
                Map.of(Constants.FRAMEWORK_STORAGE, directory.resolve("felix").toString()));
        osgi.init();
        BundleContext context = osgi.getBundleContext();
        module.start(context);
        configuration = context.getService(context.getServiceReference(ManagedService.class));
    }

    @AfterEach
    void stop() throws Exception {
        module.stop(osgi.getBundleContext());
        osgi.stop();
        osgi.waitForStop(5000);
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void withTheFileAndTheReason() throws Exception {
        Path list = Files.writeString(directory.resolve("list"), "");
        configuration.updated(FrameworkUtil.asDictionary(Map.of("lists", new String[] {list.toString()})));
        Files.writeString(list, "oops\n");
        assertThat(log.poll(30, TimeUnit.SECONDS))
                .isEqualTo(
                        "WARNING " + list
                                + ":1:1: the line does not begin with a digest of 64 hexadecimal digits; the list stays as it was");
        assertThat(problems()).singleElement().asString().startsWith(list + ":1:1: ");
        Files.writeString(list, "# good again\n");
        assertThat(log.poll(30, TimeUnit.SECONDS))
                .isEqualTo("INFO " + list + " (text, 0 programs): the list is good again and was taken");
        assertThat(problems()).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void andABadRevocationListIsNamedAsOne() throws Exception {
        Path list = Files.writeString(directory.resolve("list"), "oops\n");
        assertThatThrownBy(() -> configuration.updated(
                        FrameworkUtil.asDictionary(Map.of("revocations", new String[] {list.toString()}))))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.getProperty()).isEqualTo("revocations"));
    }

    private List<String> problems() {
        Object problems = osgi.getBundleContext()
                .getServiceReference(SecurityModule.class)
                .getProperty("bpfgate.problem");
        return problems == null ? List.of() : List.of((String[]) problems);
    }
}
