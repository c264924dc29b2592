package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Test;

/** The root of the source tree holds what its readers are meant to find there, and nothing that somebody left behind. */
class TheRootHasKnownEntriesIT {
    @Test
    void everyEntryThatGitTracksIsMeantToBeThere() {
        Requires.command("git");
        Requires.that(Files.exists(Gate.root().resolve(".git")), "the source tree is no git checkout");
        CommandLine.Result tracked = CommandLine.of("git", "-c", "safe.directory=*", "ls-tree", "--name-only", "HEAD")
                .run();
        assertThat(tracked.exitCode()).as(tracked.stderr()).isZero();
        assertThat(tracked.stdout().lines())
                .containsExactlyInAnyOrder(
                        ".ci",
                        ".editorconfig",
                        ".gitignore",
                        ".mvn",
                        "ARCHITECTURE.md",
                        "CHANGELOG.md",
                        "CONTRIBUTING.md",
                        "LICENSE",
                        "NOTICE",
                        "README.md",
                        "RELEASING.md",
                        "SECURITY.md",
                        "api-bundle",
                        "benchmarks",
                        "bom",
                        "bpfgate",
                        "command-bundle",
                        "distribution",
                        "docs",
                        "examples",
                        "framework-bundle",
                        "integrity-hash-bundle",
                        "integrity-sig-bundle",
                        "ipe-policy-bundle",
                        "itests",
                        "kernel-bundle",
                        "mvnw",
                        "native-crypto-bundle",
                        "observe-bundle",
                        "pom.xml",
                        "serve-bundle",
                        "shell-bundle",
                        "signing-bundle",
                        "testkit");
    }
}
