package org.bpfgate.signing.internal.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfgate.integrity.SigningException;
import org.jspecify.annotations.Nullable;

/**
 * A private key on a token and its certificate there, by the JDK's provider SunPKCS11.
 *
 * @param provider signs with the key
 * @param key a handle; the key itself stays where it is
 * @param certificate DER
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; lives only while one signature is made.
public record TokenKey(Provider provider, PrivateKey key, byte[] certificate) {
    private static final int MOST_PIN_BYTES = 1024;
    private static final String LOCKED = "the PIN of this token is locked; its security officer can set a new one";

    /** Knows the PIN of a token. */
    @FunctionalInterface
    public interface Pin {
        /** Returns the PIN in an array of the caller's own. */
        char[] get() throws SigningException;
    }

    /**
     * Finds the key that a URI names.
     *
     * @param uri see RFC 7512
     * @param pin asked when the token wants one and the URI names no file of it; it is tried once
     * @param warnings is told when the token has one try left
     * @throws SigningException when there is no such token or key, several are meant, or the PIN is wrong
     */
    public static TokenKey find(String uri, Pin pin, Consumer<String> warnings) throws SigningException {
        Pkcs11Uri parsed = Pkcs11Uri.parse(uri);
        Path path = parsed.module();
        Token token;
        byte[] wanted;
        try (TokenModule module = TokenModule.open(path)) {
            token = only(parsed, module.tokens());
            wanted = parsed.bytes("id").isPresent() ? certificate(parsed, module, token) : null;
        }
        if (token.isLocked()) {
            throw new SigningException(uri + ": " + LOCKED);
        }
        if (token.isLastTry()) {
            warnings.accept(uri + ": the token has one try left for its PIN");
        }
        char[] secret = token.wantsPin() ? pin(parsed, pin) : null;
        try {
            Provider provider = provider(path, token);
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, secret);
            return only(parsed, provider, store, wanted);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new SigningException(uri + ": " + reason(e), e);
        } finally {
            if (secret != null) {
                Arrays.fill(secret, '\0');
            }
        }
    }

    private static byte[] certificate(Pkcs11Uri uri, TokenModule module, Token token) throws SigningException {
        Optional<byte[]> found = module.certificate(token, uri.bytes("id").orElseThrow());
        return found.orElseThrow(() -> new SigningException(uri + ": the token \"" + token.label()
                + "\" shows no certificate with this id. " + needsCertificate()));
    }

    private static String needsCertificate() {
        return "A key on a token needs its certificate there, with the same id (pkcs11-tool --write-object CERT --type cert --id ID)";
    }

    private static Token only(Pkcs11Uri uri, List<Token> all) throws SigningException {
        List<Token> found = all.stream().filter(uri::matches).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String there = all.isEmpty()
                ? "none is there"
                : "there " + (all.size() == 1 ? "is " : "are ")
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(token -> "\"" + token.label() + "\"")
                                        .toList());
        throw new SigningException(uri + ": "
                + (found.isEmpty() ? "no such token: " : "several tokens fit; say which by token= or serial=: ")
                + there);
    }

    private static char[] pin(Pkcs11Uri uri, Pin pin) throws SigningException {
        Optional<Path> file = uri.pinFile();
        if (file.isEmpty()) {
            return pin.get();
        }
        try {
            if (!Files.isRegularFile(file.get()) || Files.size(file.get()) > MOST_PIN_BYTES) {
                throw new SigningException(
                        uri + ": pin-source: " + file.get() + " is no file with a PIN in its first line");
            }
            return Files.readString(file.get(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .toCharArray();
        } catch (IOException e) {
            throw new SigningException(uri + ": pin-source: " + file.get() + " cannot be read", e);
        }
    }

    private static Provider provider(Path module, Token token) throws SigningException {
        Provider provider = Security.getProvider("SunPKCS11");
        if (provider == null) {
            throw new SigningException("this Java runtime has no module jdk.crypto.cryptoki, which reaches tokens");
        }
        return provider.configure(
                "--name = bpfgate\nlibrary = " + module + "\nslot = " + token.slot() + "\nshowInfo = false\n");
    }

    private static TokenKey only(Pkcs11Uri uri, Provider provider, KeyStore store, byte @Nullable [] wanted)
            throws GeneralSecurityException, SigningException {
        List<TokenKey> found = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        Optional<String> label = uri.text("object");
        for (String alias : Collections.list(store.aliases())) {
            if (!store.isKeyEntry(alias) || !(store.getKey(alias, null) instanceof PrivateKey key)) {
                continue;
            }
            Certificate certificate = store.getCertificate(alias);
            labels.add("\"" + alias + "\"");
            boolean isNamed = label.isEmpty() || alias.equals(label.get()) || alias.startsWith(label.get() + "/");
            if (isNamed && (wanted == null || Arrays.equals(wanted, certificate.getEncoded()))) {
                found.add(new TokenKey(provider, key, certificate.getEncoded()));
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new SigningException(uri + ": "
                + (found.isEmpty()
                        ? "no such private key with a certificate: "
                        : "several keys fit; say which by id=: ")
                + (labels.isEmpty()
                        ? "none is on the token. " + needsCertificate()
                        : "there is " + String.join(", ", labels)));
    }

    /** What the module answered is deep in the causes. */
    private static String reason(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (text.contains("CKR_PIN_INCORRECT")
                    || text.contains("CKR_PIN_LEN_RANGE")
                    || text.contains("CKR_PIN_INVALID")) {
                return "the PIN is wrong";
            }
            if (text.contains("CKR_PIN_LOCKED")) {
                return LOCKED;
            }
            if (text.contains("CKR_USER_PIN_NOT_INITIALIZED")) {
                return "the token has no PIN yet";
            }
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "the token cannot be used: " + root.getMessage();
    }
}
