package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Inject;
import org.bpfgate.itests.Gate;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;

/** The table of settings in docs/configuration.md has every key that a bundle knows and no other one. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class EverySettingIsInTheDocsIT {
    private static final String KNOWN = "known are ";

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                bundle(Gate.jar("integrity-sig-bundle").toUri().toString()),
                bundle(Gate.jar("integrity-hash-bundle").toUri().toString()),
                bundle(Gate.jar("ipe-policy-bundle").toUri().toString()),
                bundle(Gate.installation()
                        .resolve("lib/jackson-core.jar")
                        .toUri()
                        .toString()),
                bundle(Gate.jar("kernel-bundle").toUri().toString()));
    }

    @Test
    public void andNoOther() throws Exception {
        Map<String, Set<String>> documented = documented();
        // The running gate's own, which TheRunningGateTellsWhatItIsIT asks it for.
        documented.keySet().removeAll(Set.of("org.bpfgate.observe", "org.bpfgate.serve"));
        Map<String, Set<String>> known = new TreeMap<>();
        for (ServiceReference<ManagedService> found : context.getServiceReferences(ManagedService.class, null)) {
            ManagedService service = context.getService(found);
            known.put((String) found.getProperty(Constants.SERVICE_PID), keys(service::updated));
        }
        Set<String> factory =
                keys(unknown -> context.getService(context.getServiceReference(ManagedServiceFactory.class))
                        .updated("one", unknown));
        factory.removeAll(known.get("org.bpfgate.ipe"));
        known.put("factory org.bpfgate.ipe", factory);
        assertThat(documented).isEqualTo(known);
    }

    private interface Update {
        void with(Dictionary<String, ?> settings) throws ConfigurationException;
    }

    /** A fault names the keys that there are. */
    private static Set<String> keys(Update update) {
        ConfigurationException fault = catchThrowableOfType(
                ConfigurationException.class,
                () -> update.with(FrameworkUtil.asDictionary(Map.of("there_is_no_such_key", "1"))));
        String reason = fault.getReason();
        String keys = reason.substring(reason.indexOf(KNOWN) + KNOWN.length());
        return new TreeSet<>(Arrays.asList(keys.split(", ")));
    }

    /** By PID; a row without one is about the PID above it. */
    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        String pid = "";
        List<String> lines = Files.readAllLines(Gate.root().resolve("docs/configuration.md"));
        for (String line : lines.subList(lines.indexOf("| PID | key | type | default | meaning |") + 2, lines.size())) {
            if (!line.startsWith("|")) {
                break;
            }
            String[] cells = line.split("\\|", -1);
            pid = cells[1].isBlank() ? pid : cells[1].replace("`", "").trim();
            if (cells[2].trim().startsWith("`")) {
                documented
                        .computeIfAbsent(pid, key -> new TreeSet<>())
                        .add(cells[2].replace("`", "").trim());
            }
        }
        return documented;
    }
}
