package org.bpfgate.command.internal.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keyrings by which a kernel of 6.18 or later verifies signatures of programs, as {@code /proc/keys} shows them. */
final class KeyringChecks {
    /** The parameter by which the keyring .bpf is left open at boot. */
    private static final String UNSEALED = "bpf.keyring_unsealed=1";

    private final HostFiles files;
    private final HostState host;

    KeyringChecks(HostFiles files, HostState host) {
        this.files = files;
        this.host = host;
    }

    List<Finding> all() {
        Optional<String> keys = files.text("/proc/keys");
        if (keys.isEmpty()) {
            return List.of(Finding.unknown(
                    "keyrings", "/proc/keys cannot be read: the kernel has no keyrings, or hides them", ""));
        }
        return List.of(trusted(keys.get()), bpf(keys.get()));
    }

    private Finding trusted(String keys) {
        List<String> found = new ArrayList<>();
        boolean hasKeys = false;
        for (String name : List.of(".builtin_trusted_keys", ".secondary_trusted_keys", ".platform", ".machine")) {
            Optional<String> content = content(keys, name);
            content.ifPresent(text -> found.add(name + ": " + text));
            hasKeys |= content.isPresent() && !content.get().equals("empty");
        }
        if (found.isEmpty()) {
            return Finding.unknown("keyrings", "none of the kernel's keyrings is shown to this user", "ask as root");
        }
        String value = String.join(", ", found);
        if (!host.kernel().isAtLeast(6, 18)) {
            return Finding.ok("keyrings", value, "this kernel verifies no signatures of programs (Linux 6.18 does)");
        }
        return hasKeys
                ? Finding.ok("keyrings", value, "signatures by their keys can be verified (keyring_id 0, 1 and 2)")
                : Finding.note(
                        "keyrings",
                        value,
                        "the kernel trusts no key of its own: a signed load needs a keyring of the caller, else it ends with ENOKEY",
                        "build the kernel with CONFIG_SYSTEM_TRUSTED_KEYS, or keyctl padd asymmetric \"\" @s < cert.der");
    }

    private Finding bpf(String keys) {
        Optional<String> content = content(keys, ".bpf");
        if (content.isEmpty()) {
            return Finding.ok(
                    "keyring_bpf", "none", "no released kernel has it; callers may bring keyrings of their own");
        }
        boolean wasOpen = List.of(files.text("/proc/cmdline").orElse("").split("\\s+", -1))
                .contains(UNSEALED);
        return wasOpen
                ? Finding.note(
                        "keyring_bpf",
                        content.get() + ", open at boot",
                        "the initrd could fill it; whether it was sealed after that is not shown. Once it is, a load with a keyring of the"
                                + " caller ends with EPERM",
                        "sign with a key of .bpf (keyring_id -9)")
                : Finding.note(
                        "keyring_bpf",
                        content.get() + ", sealed",
                        "it was created sealed, so that no key can be added to it",
                        "boot with " + UNSEALED + " and let the initrd add the keys");
    }

    /** What stands behind the name of a keyring: {@code empty}, or how many keys it has. */
    private static Optional<String> content(String keys, String name) {
        for (String line : keys.lines().toList()) {
            int at = line.indexOf(" " + name + ": ");
            if (at >= 0 && line.contains(" keyring ")) {
                return Optional.of(line.substring(at + name.length() + 3).strip());
            }
        }
        return Optional.empty();
    }
}
