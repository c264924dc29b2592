package org.bpfgate.policy.ipe.internal.store;

import java.nio.charset.StandardCharsets;

/** Texts of policies, and the messages that {@link FakeSignatures} takes for signed ones. */
final class Policies {
    private Policies() {}

    static byte[] text(String name, String version) {
        return ("policy_name=" + name + " policy_version=" + version + "\nDEFAULT action=DENY\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A message that is as good as its first word says; the byte before it is that of a DER message. */
    static byte[] message(String trust, byte[] content) {
        return ("0" + trust + " " + new String(content, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] signed(String name, String version) {
        return message("secondary", text(name, version));
    }
}
