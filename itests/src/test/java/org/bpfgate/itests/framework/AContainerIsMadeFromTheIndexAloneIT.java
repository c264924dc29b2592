package org.bpfgate.itests.framework;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import biz.aQute.resolve.Bndrun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.resolver.ResolutionException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The repository of the installation has an index from which bnd resolves a container with all of bpfgate, wherever the directory is. */
class AContainerIsMadeFromTheIndexAloneIT {
    /** What bnd writes of a multi-release jar: requirements that hold for one Java version, without a file. */
    private static final String WITHOUT_FILE = "urn:osgi-bnd-mrj:";

    @TempDir
    private Path directory;

    private Path repository;

    @BeforeEach
    void copy() {
        repository = directory.resolve("a place");
        assertThat(CommandLine.of("cp", "-r")
                        .run(Gate.installation().resolve("repository"), repository)
                        .exitCode())
                .isZero();
    }

    @Test
    void theBundlesToRunAreWhatTheRequirementsResolveTo() throws Exception {
        try (Bndrun run = bndrun()) {
            String resolved = run.resolve(false, false);
            assertThat(run.getErrors()).isEmpty();
            assertThat(run.getWarnings()).isEmpty();
            assertThat(run.getProperty("-runbundles")).isEqualTo(resolved).contains("org.bpfgate.api;version=");
        }
    }

    @Test
    void theBundlesToRunStartInTheFrameworkToRun() throws Exception {
        Framework felix = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        directory.resolve("storage").toString()));
        felix.start();
        try (Bndrun run = bndrun()) {
            BundleContext context = felix.getBundleContext();
            Map<String, Path> files = filesByIdentity();
            assertThat(files).containsKey(felix.getSymbolicName());
            List<Bundle> bundles = new ArrayList<>();
            for (String name : run.getParameters("-runbundles").keySet()) {
                bundles.add(context.installBundle(
                        requireNonNull(files.get(name), name).toUri().toString()));
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            assertThat(bundles)
                    .hasSizeGreaterThan(8)
                    .allSatisfy(bundle ->
                            assertThat(bundle.getState()).as("%s", bundle).isEqualTo(Bundle.ACTIVE));
            assertThat(context.getAllServiceReferences("org.bpfgate.stack.SecurityHooks", null))
                    .hasSize(1);
        } finally {
            felix.stop();
            felix.waitForStop(0);
        }
    }

    /** With the Maven repository of this build in the place of Maven Central. */
    @Test
    void theExampleOfThePageResolves() throws Exception {
        String page = Files.readString(Gate.root().resolve("docs/osgi.md"));
        String begin = "```properties\n-standalone:";
        String example = page.substring(page.indexOf(begin) + "```properties\n".length());
        Path central = Path.of(requireNonNull(System.getProperty("bpfgate.maven.repository")));
        Path file = directory.resolve("own.bndrun");
        Files.writeString(
                file,
                example.substring(0, example.indexOf("```"))
                        .replace("/opt/bpfgate", Gate.installation().toString())
                        .replace(
                                "https://repo.maven.apache.org/maven2/",
                                central.toUri().toString()));
        try (Bndrun run = Bndrun.createBndrun(null, file.toFile())) {
            assertThat(run.resolve(false, false))
                    .contains("org.apache.felix.configadmin;", "org.osgi.service.cm;", "org.bpfgate.policy.ipe;");
            assertThat(run.getErrors()).isEmpty();
        }
    }

    /** The test of the resolution means something only if the bundles come from this index. */
    @Test
    void withoutABundleInTheIndexNothingIsResolved() throws Exception {
        Path index = repository.resolve("index.xml");
        Files.writeString(index, Files.readString(index).replace("value=\"org.bpfgate.hook\"", "value=\"other\""));
        try (Bndrun run = bndrun()) {
            assertThatThrownBy(() -> run.resolve(false, false))
                    .isInstanceOf(ResolutionException.class)
                    .hasMessageContaining("osgi.wiring.package=org.bpfgate.hook");
        }
    }

    @Test
    void everyFileOfTheIndexIsThereWithItsLengthAndDigest() throws Exception {
        Map<String, Element> contents = contents();
        assertThat(contents).hasSizeGreaterThan(8);
        for (Map.Entry<String, Element> content : contents.entrySet()) {
            Path file = repository.resolve(content.getKey());
            assertThat(file).isRegularFile();
            assertThat(attribute(content.getValue(), "size")).isEqualTo(Long.toString(Files.size(file)));
            assertThat(attribute(content.getValue(), "osgi.content")).isEqualToIgnoringCase(sha256(file));
        }
    }

    @Test
    void theIndexHasEveryBundleOfTheInstallation() throws Exception {
        List<String> indexed = new ArrayList<>();
        for (Element content : contents().values()) {
            indexed.add(attribute(content, "osgi.content").toLowerCase(Locale.ROOT));
        }
        List<String> installed = new ArrayList<>();
        try (Stream<Path> bundles = Files.list(Gate.installation().resolve("bundle"))) {
            for (Path bundle : bundles.toList()) {
                installed.add(sha256(bundle));
            }
        }
        assertThat(installed).hasSizeGreaterThan(7);
        assertThat(indexed).containsAll(installed);
    }

    private Bndrun bndrun() throws Exception {
        return Bndrun.createBndrun(null, repository.resolve("bpfgate.bndrun").toFile());
    }

    /** The capability {@code osgi.content} of each file, by its URL. */
    private Map<String, Element> contents() throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(repository.resolve("index.xml").toFile())
                .getDocumentElement();
        assertThat(root.hasAttribute("increment")).as("the time of the build").isFalse();
        assertThat(root.getAttribute("xmlns")).isEqualTo("http://www.osgi.org/xmlns/repository/v1.0.0");
        Map<String, Element> contents = new TreeMap<>();
        for (Element capability : elements(root, "capability")) {
            if (capability.getAttribute("namespace").equals("osgi.content")) {
                String url = attribute(capability, "url");
                if (!url.startsWith(WITHOUT_FILE)) {
                    assertThat(contents.put(url, capability)).as(url).isNull();
                }
            }
        }
        return contents;
    }

    /** The file of each resource, by its symbolic name. */
    private Map<String, Path> filesByIdentity() throws Exception {
        Map<String, Path> files = new TreeMap<>();
        for (Map.Entry<String, Element> content : contents().entrySet()) {
            for (Element capability : elements((Element) content.getValue().getParentNode(), "capability")) {
                if (capability.getAttribute("namespace").equals("osgi.identity")) {
                    files.put(attribute(capability, "osgi.identity"), repository.resolve(content.getKey()));
                }
            }
        }
        return files;
    }

    private static String attribute(Element capability, String name) {
        return elements(capability, "attribute").stream()
                .filter(attribute -> attribute.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getAttribute("value");
    }

    private static List<Element> elements(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        NodeList found = parent.getElementsByTagName(name);
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
