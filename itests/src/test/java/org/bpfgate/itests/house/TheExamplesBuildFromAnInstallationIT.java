package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who has an installation and no sources builds and tests modules against its Maven repository. The local repository is a fresh one: of bpfgate
 * it has nothing, and what third parties made is linked from the one of this build, so that the test needs no network.
 */
class TheExamplesBuildFromAnInstallationIT {
    private static final String VERSION = "1.0.0-SNAPSHOT";

    /** A build takes some ten seconds on an idle machine. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    /** JUnit warns of each link that it deletes. */
    @AfterEach
    void dropLinks() throws IOException {
        try (Stream<Path> files = Files.walk(directory, 3)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"module-example, SizeVerifierTest", "policy-example, policy.VouchedPolicyTest"})
    void aCopyOfTheExampleIsBuiltAndTestedAsItsReadmeSays(String example, String test) throws IOException {
        Path project = copyOf(example);
        CommandLine.Result build = maven(project, "-Dbpfgate.home=" + Gate.installation(), "package");
        assertThat(build.exitCode()).as("%s", build).isZero();
        // The contract alone has more than a hundred.
        assertThat(build.stdout())
                .contains("Running org.bpfgate.example." + test)
                .containsPattern("Tests run: [0-9]{3}, Failures: 0, Errors: 0, Skipped: 0");
        try (JarFile jar =
                new JarFile(project.resolve("target/" + example + "-1.0.0.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Import-Package"))
                    .contains("org.bpfgate.hook;version=\"[1.0,2)\"");
        }
        assertThat(Files.readString(project.resolve("README.md")))
                .contains("mvn -Dbpfgate.home=/opt/bpfgate package\n");
    }

    @Test
    void withoutTheInstallationNothingOfOursIsFound() throws IOException {
        CommandLine.Result build =
                maven(copyOf("module-example"), "-Dbpfgate.home=" + directory.resolve("nothing"), "package");
        assertThat(build.exitCode()).isNotZero();
        assertThat(build.stdout()).contains("org.bpfgate:bom:pom:" + VERSION);
    }

    @Test
    void everyArtifactOfTheRepositoryHasAPomThatNeedsNoOther() throws IOException {
        List<String> artifacts;
        try (Stream<Path> directories = Files.list(Gate.installation().resolve("repository/org/bpfgate"))) {
            artifacts = directories
                    .map(directory -> directory.getFileName().toString())
                    .toList();
        }
        assertThat(artifacts).hasSizeGreaterThan(9).contains("api-bundle", "kernel-bundle", "testkit", "bom");
        for (String artifact : artifacts) {
            assertThat(file(artifact, ".pom"))
                    .content()
                    .contains("<artifactId>" + artifact + "</artifactId>")
                    .doesNotContain("<parent>");
        }
    }

    @ParameterizedTest
    @CsvSource({"api-bundle, org/bpfgate/hook/SecurityModule", "testkit, org/bpfgate/testkit/SecurityModuleContract"})
    void sourcesAndJavadocLieBesideTheClasses(String artifact, String type) throws IOException {
        assertThat(entries(file(artifact, ".jar"))).contains(type + ".class", "META-INF/LICENSE");
        assertThat(entries(file(artifact, "-sources.jar"))).contains(type + ".java");
        assertThat(entries(file(artifact, "-javadoc.jar"))).contains(type + ".html", "index.html");
    }

    private static Path file(String artifact, String end) {
        return Gate.installation()
                .resolve("repository/org/bpfgate")
                .resolve(artifact)
                .resolve(VERSION)
                .resolve(artifact + "-" + VERSION + end);
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        }
    }

    private CommandLine.Result maven(Path project, Object... words) throws IOException {
        return CommandLine.of(property("bpfgate.maven.home") + "/bin/mvn")
                .in(project)
                .within(LIMIT)
                // Offline but for files: what is in no repository on this machine is missing.
                .and("-o", "-Daether.offline.protocols=file", "-B", "-Dmaven.repo.local=" + localRepository())
                .and(words)
                .run();
    }

    private Path localRepository() throws IOException {
        Path used = Path.of(property("bpfgate.maven.repository"));
        Path fresh = Files.createDirectories(directory.resolve("repository"));
        link(used, fresh, "org");
        link(used.resolve("org"), Files.createDirectory(fresh.resolve("org")), "bpfgate");
        return fresh;
    }

    private static void link(Path from, Path to, String without) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.endsWith(without)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the build sets " + name);
        }
        return value;
    }

    /** As the installation has it: without what the build of the source tree left. */
    private Path copyOf(String example) throws IOException {
        Path from = Gate.installation().resolve("examples").resolve(example);
        Path to = directory.resolve(example);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
