package org.bpfgate.itests.framework;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Apache Karaf that is set up as docs/osgi.md says resolves and starts the features of the installation, on the JDK of this test. */
class EveryKarafFeatureStartsIT {
    private static final String SCHEMA = "org/apache/karaf/features/karaf-features-1.6.0.xsd";

    /** The text of a code block of the page. */
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private static final String ERROR = "| ERROR |";

    private static final String LAST_LINE_OF_AN_INSTALLATION = "| Done.\n";

    /** Karaf takes some six seconds on an idle machine. */
    private static final int LIMIT_SECONDS = 180;

    /** What is missing is reported 5 s after the start of the framework bundle; a module that comes before is never said to be missing. */
    private static final int REPORTED_SECONDS = 15;

    /** When all bundles were started. */
    private long installed;

    @TempDir
    private Path directory;

    private Path karaf;

    @BeforeEach
    void copy() throws IOException {
        karaf = directory.resolve("karaf");
        try (Stream<Path> unpacked = Files.list(Gate.root().resolve("itests/target/karaf"))) {
            Path original = unpacked.filter(
                            path -> path.getFileName().toString().startsWith("apache-karaf-"))
                    .findFirst()
                    .orElseThrow();
            CommandLine.Result copy = CommandLine.of("cp", "-r").run(original, karaf);
            assertThat(copy.exitCode()).as("%s", copy).isZero();
        }
    }

    @Test
    void theFileIsValid() throws Exception {
        try (JarFile core = new JarFile(featuresCore().toFile())) {
            Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(core.getInputStream(core.getEntry(SCHEMA))));
            schema.newValidator()
                    .validate(new StreamSource(Gate.installation()
                            .resolve("repository/features.xml")
                            .toFile()));
        }
    }

    @Test
    void theBundlesOfAllFeaturesStartAndHaveTheirSettingsFromKaraf() throws Exception {
        List<String> blocks = blocks();
        assertThat(blocks).hasSize(2);
        CommandLine.Result setUp = CommandLine.of("sh", "-ec").in(karaf).run(blocks.getFirst());
        assertThat(setUp.exitCode()).as("%s", setUp).isZero();
        // No other repository has the bundles by chance.
        append("org.ops4j.pax.url.mvn", "org.ops4j.pax.url.mvn.localRepository=" + directory.resolve("local"));
        append("org.bpfgate.framework", "lsm.required = hornet,native,allowlist,ipe");
        append("org.bpfgate.hornet", "trust = " + Quickstart.trust());
        append("org.bpfgate.allowlist", "lists = " + Quickstart.allowlist());
        append("org.bpfgate.ipe", "policy = " + Quickstart.policy());

        Process process = start(blocks.getLast());
        try {
            await().atMost(LIMIT_SECONDS, SECONDS).until(() -> !process.isAlive() || hasFailed() || isReady());
            assertThat(log())
                    .as("%s", output())
                    .containsSubsequence("Starting bundles:", LAST_LINE_OF_AN_INSTALLATION)
                    .contains(
                            "org.bpfgate.api/",
                            "org.bpfgate.framework/",
                            "org.bpfgate.integrity.sig/",
                            "org.bpfgate.integrity.hash/",
                            "org.bpfgate.policy.ipe/",
                            "org.bpfgate.kernel/",
                            "org.bpfgate.command/")
                    .doesNotContain(ERROR, "Exception");
            assertThat(isReady()).as(log()).isTrue();
        } finally {
            stop(process);
        }
    }

    private boolean hasFailed() throws IOException {
        return log().contains(ERROR);
    }

    /** Karaf has started all bundles, and the four modules have their settings. */
    private boolean isReady() throws IOException {
        String log = log();
        int starting = log.indexOf("Starting bundles:");
        if (starting < 0 || log.indexOf(LAST_LINE_OF_AN_INSTALLATION, starting) < 0) {
            return false;
        }
        if (installed == 0) {
            installed = System.nanoTime();
        }
        return System.nanoTime() - installed > SECONDS.toNanos(REPORTED_SECONDS)
                && Stream.of("hornet", "native", "allowlist", "ipe")
                        .allMatch(module -> !log.contains("required module " + module + " is missing")
                                || log.contains("module " + module + " is not missing any more"));
    }

    private Process start(String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", command)
                .directory(karaf.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
        return builder.start();
    }

    private static void stop(Process process) throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        if (!process.waitFor(30, SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
        for (ProcessHandle handle : all) {
            handle.onExit().join();
        }
    }

    private void append(String pid, String line) throws IOException {
        Files.writeString(
                karaf.resolve("etc/" + pid + ".cfg"),
                "\n" + line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** How Karaf is set up and how it is started. */
    private static List<String> blocks() throws IOException {
        String page = Files.readString(Gate.root().resolve("docs/osgi.md"));
        String section = page.substring(page.indexOf("\n## Karaf\n"), page.indexOf("\n## Updates\n"));
        return BLOCK.matcher(section)
                .results()
                .map(block -> block.group(1)
                        .replace("/opt/bpfgate", Gate.installation().toString()))
                .toList();
    }

    private String log() throws IOException {
        Path log = karaf.resolve("data/log/karaf.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    private Path featuresCore() throws IOException {
        try (Stream<Path> files = Files.walk(karaf.resolve("system/org/apache/karaf/features"))) {
            return files.filter(file ->
                            file.getFileName().toString().matches("org\\.apache\\.karaf\\.features\\.core-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
