package org.bpfgate.framework.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The SHA-256 of a bundle's content, in the form that {@link org.bpfgate.stack.ModuleStack.Entry#sha256()} describes. Computed
 * when first asked and then kept, and nothing else of the bundle with it.
 */
final class ContentDigest implements Supplier<String> {
    private @Nullable BundleWiring wiring;
    private @Nullable String hex;

    ContentDigest(BundleWiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public synchronized String get() {
        if (hex == null) {
            hex = wiring == null ? "" : compute(wiring);
            wiring = null;
        }
        return hex;
    }

    private static String compute(BundleWiring wiring) {
        List<URL> entries = wiring.findEntries("/", "*", BundleWiring.FINDENTRIES_RECURSE).stream()
                .filter(entry -> !entry.getPath().endsWith("/"))
                .sorted(Comparator.comparing(URL::getPath))
                .toList();
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (URL entry : entries) {
                add(entry, sha256);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(URL entry, MessageDigest sha256) {
        try (InputStream in = entry.openStream()) {
            byte[] content = in.readAllBytes();
            sha256.update(entry.getPath().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            sha256.update(
                    ByteBuffer.allocate(Long.BYTES).putLong(content.length).flip());
            sha256.update(content);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's entry " + entry.getPath() + " cannot be read", e);
        }
    }
}
