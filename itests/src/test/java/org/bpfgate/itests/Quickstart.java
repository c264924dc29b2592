package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** The example of the source tree, as test data: real programs, signed, listed, changed and strange ones. */
public final class Quickstart {
    private Quickstart() {}

    /** The policy test as it stands. Nobody writes there. */
    public static Path directory() {
        return Gate.root().resolve("examples/quickstart");
    }

    /** One of its program files. */
    public static Path program(String name) {
        return directory().resolve("programs").resolve(name);
    }

    /** Its policy. */
    public static Path policy() {
        return directory().resolve("policy.ipe");
    }

    /** The directory of the certificate that it trusts. */
    public static Path trust() {
        return directory().resolve("trust");
    }

    /** The list of the digests that it lets in. */
    public static Path allowlist() {
        return directory().resolve("allowlist");
    }

    /** Copies the policy test, so that a test may spoil it. */
    public static Path copyTo(Path parent) {
        assertThat(CommandLine.of("cp", "-r").run(directory(), parent).exitCode())
                .isZero();
        return parent.resolve("quickstart");
    }
}
