package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Constants;

/** The manifests and classes of the built bundles keep the import rules of ARCHITECTURE.md. */
class ImportRulesHoldIT {
    private static final Set<String> API = Set.of(
            "org.bpfgate.allowlist",
            "org.bpfgate.hook",
            "org.bpfgate.integrity",
            "org.bpfgate.program",
            "org.bpfgate.audit",
            "org.bpfgate.control",
            "org.bpfgate.mediation",
            "org.bpfgate.policy",
            "org.bpfgate.settings",
            "org.bpfgate.stack");

    /** Its packages are for the framework bundle only. */
    private static final String ENGINE = "org.bpfgate.engine";

    @Test
    void theApiImportsNoOtherBundleOfOurs() throws IOException {
        assertThat(ours(Manifests.names("api-bundle", Constants.IMPORT_PACKAGE)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "integrity-sig-bundle",
                "integrity-hash-bundle",
                "signing-bundle",
                "ipe-policy-bundle",
                "kernel-bundle",
                "observe-bundle",
                "serve-bundle",
                "shell-bundle",
                "command-bundle"
            })
    void theOtherBundlesMeetOnlyThroughTheApi(String module) throws IOException {
        assertThat(ours(Manifests.names(module, Constants.IMPORT_PACKAGE))).isSubsetOf(API);
    }

    @Test
    void theFrameworkBundleHasAKeyToTheBlobs() throws IOException {
        assertThat(ours(Manifests.names("framework-bundle", Constants.IMPORT_PACKAGE)))
                .contains(ENGINE)
                .isSubsetOf(exported());
        assertThat(Manifests.headers("api-bundle").getValue(Constants.EXPORT_PACKAGE))
                .containsPattern("org\\.bpfgate\\.engine;for=framework;[^,]*mandatory:=for");
    }

    @Test
    void onlyTheApiExportsAndNothingInternal() throws IOException {
        for (String module : Manifests.modules()) {
            assertThat(Manifests.names(module, Constants.EXPORT_PACKAGE))
                    .as(module)
                    .isEqualTo(module.equals("api-bundle") ? exported() : Set.of());
        }
    }

    private static Set<String> exported() {
        Set<String> exported = new TreeSet<>(API);
        exported.add(ENGINE);
        return exported;
    }

    /**
     * Native types stay in one package of each bundle that needs them: system calls, and the modules of tokens. The packages of the JDK
     * are in no manifest, so the classes are looked at.
     */
    @Test
    void onlyOnePackageOfABundleUsesTheForeignMemoryApi() throws IOException {
        for (String module : Manifests.modules()) {
            Set<String> packages = Manifests.packagesThatUse(module, "java.lang.foreign");
            assertThat(packages)
                    .as(module)
                    .isEqualTo(
                            switch (module) {
                                case "kernel-bundle" -> Set.of("org/bpfgate/kernel/internal/syscall");
                                case "signing-bundle" -> Set.of("org/bpfgate/signing/internal/token");
                                default -> Set.of();
                            });
        }
    }

    @Test
    void theApiCarriesVersions() throws IOException {
        String exports = Manifests.headers("api-bundle").getValue(Constants.EXPORT_PACKAGE);
        for (String name : API) {
            assertThat(exports).containsPattern(name.replace(".", "\\.") + ";version=\"1\\.[0-9]+\\.[0-9]+\"");
        }
    }

    /** The table has a column for each bundle, and "yes" where it may be imported; what nobody imports any more is "no". */
    @Test
    void theTableOfTheArchitectureIsTrue() throws IOException {
        Map<String, String> said = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        List<List<String>> table = importTable();
        List<String> columns = table.get(0);
        for (List<String> row : table.subList(1, table.size())) {
            for (String importer : row.get(0).split(", ", -1)) {
                for (int i = 1; i < columns.size(); i++) {
                    if (!columns.get(i).equals(importer)) {
                        said.put(importer + " imports " + columns.get(i), row.get(i));
                        Set<String> exported = Manifests.names(moduleOf(columns.get(i)), Constants.EXPORT_PACKAGE);
                        boolean imports = Manifests.names(moduleOf(importer), Constants.IMPORT_PACKAGE).stream()
                                .anyMatch(exported::contains);
                        found.put(importer + " imports " + columns.get(i), imports ? "yes" : "no");
                    }
                }
            }
        }
        assertThat(said).isEqualTo(found).hasSize(110);
    }

    private static List<List<String>> importTable() throws IOException {
        return Files.readAllLines(Gate.root().resolve("ARCHITECTURE.md")).stream()
                .dropWhile(line -> !line.equals("## Who may import whom"))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---"))
                .map(line -> Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** The table says "sig" for integrity-sig-bundle. */
    private static String moduleOf(String column) {
        return switch (column) {
            case "sig", "hash" -> "integrity-" + column + "-bundle";
            case "ipe" -> "ipe-policy-bundle";
            default -> column + "-bundle";
        };
    }

    private static Set<String> ours(Set<String> packages) {
        Set<String> ours = new TreeSet<>(packages);
        ours.removeIf(name -> !name.startsWith("org.bpfgate."));
        return ours;
    }
}
