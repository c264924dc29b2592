package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** In a Felix with its own defaults, command-bundle needs no bundles but those that docs/osgi.md names. */
class TheCommandBundleRunsInAPlainFelixIT {
    private static final Pattern FILE = Pattern.compile("`((?:bundle|lib)/[a-z.-]+\\.jar)`");

    @TempDir
    private Path storage;

    private Framework felix;

    @BeforeEach
    void start() throws Exception {
        felix = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        felix.start();
        assertThat(felix.getSymbolicName()).isEqualTo("org.apache.felix.framework");
    }

    @AfterEach
    void stop() throws Exception {
        felix.stop();
        felix.waitForStop(0);
    }

    @Test
    void itStartsAndOffersTheCommandLine() throws Exception {
        Bundle command = startedFromTheDocs();
        assertThat(command.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(felix.getBundleContext()
                        .getServiceReferences("java.util.function.ToIntFunction", "(bpfgate.command=true)"))
                .hasSize(1);
    }

    @Test
    void itReadsElfFilesWithClassesOfItsOwn() throws Exception {
        Bundle command = startedFromTheDocs();
        Class<?> reader = command.loadClass("net.fornwall.jelf.ElfFile");
        assertThat(FrameworkUtil.getBundle(reader)).isSameAs(command);
        byte[] object = Files.readAllBytes(Quickstart.program("drop_ping-unsigned.o"));
        assertThat(reader.getMethod("from", byte[].class).invoke(null, (Object) object))
                .isNotNull();
    }

    /** Returns command-bundle, the first one that the sentence names. */
    private Bundle startedFromTheDocs() throws Exception {
        BundleContext context = felix.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        for (String file : documented()) {
            bundles.add(context.installBundle(
                    Gate.installation().resolve(file).toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return bundles.getFirst();
    }

    private static List<String> documented() throws IOException {
        String sentence = Files.readString(Gate.root().resolve("docs/osgi.md"))
                .lines()
                .filter(line -> line.startsWith("`bundle/command-bundle.jar` needs"))
                .findFirst()
                .orElseThrow();
        List<String> files =
                FILE.matcher(sentence).results().map(found -> found.group(1)).toList();
        assertThat(files).startsWith("bundle/command-bundle.jar").hasSizeGreaterThan(1);
        return files;
    }
}
