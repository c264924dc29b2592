package org.bpfgate.policy.ipe.internal.audit;

import java.util.Locale;
import java.util.Objects;
import org.bpfgate.audit.JsonMembers;

/**
 * A policy as records name it.
 *
 * @param name its name, one character per byte; never escaped, as in the kernel: a quote in it stands as it is
 * @param version its version
 * @param digest SHA-256 of what was loaded, 64 lower-case hexadecimal digits
 */
public record PolicyFacts(String name, String version, String digest) {
    /** Refuses nulls. */
    public PolicyFacts {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        Objects.requireNonNull(digest);
    }

    /** Returns the digest as records write it. */
    String digestText() {
        return "sha256:" + digest.toUpperCase(Locale.ROOT);
    }

    /** Writes the members of an object. */
    void describe(JsonMembers json) {
        json.text("name", name);
        json.text("version", version);
        json.text("digest", "sha256:" + digest);
    }
}
