package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Manifests;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

/** Nothing in a bundle depends on the JDK that Maven ran on, nor on the day or the machine of the build. */
class BundlesAreTheSameWhoeverBuildsThemIT {
    /** What describes a bundle. Those that describe its build are missing: {@code Created-By}, {@code Build-Tool-Jdk-Spec} and more. */
    private static final Set<String> HEADERS = Set.of(
            "Manifest-Version",
            "Bpfgate-Version",
            Constants.BUNDLE_ACTIVATOR,
            Constants.BUNDLE_DESCRIPTION,
            Constants.BUNDLE_LICENSE,
            Constants.BUNDLE_MANIFESTVERSION,
            Constants.BUNDLE_NAME,
            Constants.BUNDLE_SYMBOLICNAME,
            Constants.BUNDLE_VENDOR,
            Constants.BUNDLE_VERSION,
            Constants.EXPORT_PACKAGE,
            Constants.IMPORT_PACKAGE,
            Constants.PROVIDE_CAPABILITY,
            Constants.REQUIRE_CAPABILITY);

    /** {@code project.build.outputTimestamp}, which a zip file tells without a zone. */
    private static final LocalDateTime TIME_OF_BUILD = LocalDateTime.of(2026, 11, 23, 0, 0);

    @Test
    void theManifestsDescribeTheBundleAndNotItsBuild() throws IOException {
        for (String module : Manifests.modules()) {
            Set<String> headers = new TreeSet<>();
            Manifests.headers(module).keySet().forEach(name -> headers.add(name.toString()));
            assertThat(headers).as(module).isSubsetOf(HEADERS);
        }
    }

    /** Which packages of the JDK a class uses can depend on the compiler; every framework has them all. */
    @Test
    void noManifestImportsPackagesThatEveryFrameworkHas() throws IOException {
        for (String module : Manifests.modules()) {
            assertThat(Manifests.names(module, Constants.IMPORT_PACKAGE))
                    .as(module)
                    .noneMatch(name -> name.startsWith("java."));
        }
    }

    @Test
    void noFileHasATimeOfItsOwn() throws IOException {
        for (String module : Manifests.modules()) {
            try (JarFile jar = new JarFile(Gate.jar(module).toFile())) {
                assertThat(jar.stream())
                        .as(module)
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(file.getTimeLocal()).isEqualTo(TIME_OF_BUILD));
            }
        }
    }
}
