package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Constants;

/** The manifests of the built bundles keep the import rules of ARCHITECTURE.md. */
class ImportRulesHoldIT {
    private static final Set<String> API = Set.of(
            "org.bpfgate.allowlist",
            "org.bpfgate.hook",
            "org.bpfgate.integrity",
            "org.bpfgate.program",
            "org.bpfgate.audit",
            "org.bpfgate.mediation",
            "org.bpfgate.policy",
            "org.bpfgate.settings");

    /** A comma outside quotation marks: values such as {@code uses:="a,b"} hold commas too. */
    private static final Pattern BETWEEN_CLAUSES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    @Test
    void theFrameworkImportsNoOtherBundleOfOurs() throws IOException {
        assertThat(ours(packages("framework-bundle", Constants.IMPORT_PACKAGE))).isSubsetOf(API);
    }

    @ParameterizedTest
    @ValueSource(strings = {"integrity-sig-bundle", "integrity-hash-bundle", "ipe-policy-bundle", "kernel-bundle"})
    void theMiddleBundlesMeetOnlyThroughTheFramework(String module) throws IOException {
        assertThat(ours(packages(module, Constants.IMPORT_PACKAGE))).isSubsetOf(API);
        assertThat(packages(module, Constants.EXPORT_PACKAGE)).isEmpty();
    }

    @Test
    void onlyTheFrameworkExportsAndNothingInternal() throws IOException {
        for (String module : modules()) {
            Set<String> exported = packages(module, Constants.EXPORT_PACKAGE);
            assertThat(exported).as(module).isSubsetOf(API).noneMatch(name -> name.endsWith(".internal"));
        }
        assertThat(packages("framework-bundle", Constants.EXPORT_PACKAGE)).isEqualTo(API);
    }

    @Test
    void onlyTheKernelBundleImportsTheForeignMemoryApi() throws IOException {
        for (String module : modules()) {
            boolean imports = packages(module, Constants.IMPORT_PACKAGE).contains("java.lang.foreign");
            assertThat(imports).as(module).isEqualTo(module.equals("kernel-bundle"));
        }
    }

    /** Native types stay in one package: in the sources, as the classes of a package cannot be told apart in a manifest. */
    @Test
    void onlyOnePackageOfTheKernelBundleUsesTheForeignMemoryApi() throws IOException {
        Path sources = Gate.root().resolve("kernel-bundle/src/main/java");
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains("java.lang.foreign.")) {
                    packages.add(sources.relativize(file.getParent()).toString());
                }
            }
        }
        assertThat(packages).containsExactly("org/bpfgate/kernel/syscall/internal");
    }

    @Test
    void theApiCarriesVersions() throws IOException {
        try (JarFile jar = new JarFile(Gate.jar("framework-bundle").toFile())) {
            String exports = jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
            for (String name : API) {
                assertThat(exports).containsPattern(name.replace(".", "\\.") + ";version=\"1\\.[0-9]+\\.[0-9]+\"");
            }
        }
    }

    private static List<String> modules() throws IOException {
        try (Stream<Path> jars = Files.list(Gate.installation().resolve("bundle"))) {
            return jars.map(jar -> jar.getFileName().toString().replace(".jar", ""))
                    .toList();
        }
    }

    private static Set<String> ours(Set<String> packages) {
        Set<String> ours = new TreeSet<>(packages);
        ours.removeIf(name -> !name.startsWith("org.bpfgate."));
        return ours;
    }

    private static Set<String> packages(String module, String header) throws IOException {
        try (JarFile jar = new JarFile(Gate.jar(module).toFile())) {
            String value = jar.getManifest().getMainAttributes().getValue(header);
            return BETWEEN_CLAUSES
                    .splitAsStream(value == null ? "" : value)
                    .filter(clause -> !clause.isBlank())
                    .map(clause -> clause.replaceFirst(";.*", "").trim())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
