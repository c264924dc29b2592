package org.bpfgate.signing.internal.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bpfgate.integrity.SigningException;

/**
 * A PKCS#11 URI (RFC 7512) that names one private key:
 * {@code pkcs11:token=NAME;object=LABEL;id=%01?module-path=/usr/lib/…/module.so&pin-source=file:/etc/pin}.
 */
final class Pkcs11Uri {
    private static final String SCHEME = "pkcs11:";
    private static final Set<String> PATH =
            Set.of("token", "manufacturer", "model", "serial", "slot-id", "object", "id", "type");
    private static final Set<String> QUERY = Set.of("module-path", "pin-source");

    private final String uri;
    private final Map<String, byte[]> values;

    private Pkcs11Uri(String uri, Map<String, byte[]> values) {
        this.uri = uri;
        this.values = values;
    }

    /**
     * Reads a URI.
     *
     * @throws SigningException when it is malformed, or has an attribute that would not be looked at: it could mean another key
     */
    static Pkcs11Uri parse(String uri) throws SigningException {
        if (!uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new SigningException(uri + ": does not begin with " + SCHEME);
        }
        Map<String, byte[]> values = new TreeMap<>();
        Pkcs11Uri made = new Pkcs11Uri(uri, values);
        int query = uri.indexOf('?');
        made.readAll(uri.substring(SCHEME.length(), query < 0 ? uri.length() : query), ";", PATH);
        made.readAll(query < 0 ? "" : uri.substring(query + 1), "&", QUERY);
        if (!made.text("type").orElse("private").equals("private")) {
            throw new SigningException(uri + ": type is not \"private\", and a private key signs");
        }
        return made;
    }

    private void readAll(String part, String separator, Set<String> known) throws SigningException {
        for (String attribute : part.isEmpty() ? new String[0] : part.split(separator, -1)) {
            int equals = attribute.indexOf('=');
            String name = equals < 0 ? attribute : attribute.substring(0, equals);
            if (name.equals("pin-value")) {
                // The message goes to logs, so it does not have the URI.
                throw new SigningException(
                        "a PKCS#11 URI with pin-value shows the PIN to every process of the machine: give"
                                + " --password-file, or pin-source=file:PATH in the URI");
            }
            if (equals < 0 || !known.contains(name)) {
                throw new SigningException(
                        uri + ": the attribute \"" + name + "\" is not supported (" + list(known) + " are)");
            }
            if (values.put(name, decoded(attribute.substring(equals + 1))) != null) {
                throw new SigningException(uri + ": the attribute \"" + name + "\" is there twice");
            }
        }
    }

    private static String list(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    private byte[] decoded(String value) throws SigningException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
            } else if (i + 2 < bytes.length
                    && HexFormat.isHexDigit(bytes[i + 1])
                    && HexFormat.isHexDigit(bytes[i + 2])) {
                out.write(HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                throw new SigningException(
                        uri + ": a % in \"" + value + "\" is not followed by two hexadecimal digits");
            }
        }
        return out.toByteArray();
    }

    Optional<byte[]> bytes(String attribute) {
        return Optional.ofNullable(values.get(attribute));
    }

    Optional<String> text(String attribute) {
        return bytes(attribute).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Returns the module, the library of the maker of the token. */
    Path module() throws SigningException {
        Path module = Path.of(text("module-path")
                .orElseThrow(() -> new SigningException(
                        uri + ": names no module; add ?module-path=/PATH/OF/MODULE.so, the library of the token")));
        if (!module.isAbsolute()) {
            throw new SigningException(uri + ": module-path is not absolute");
        }
        return module;
    }

    /** Returns the file that has the PIN, if it names one. */
    Optional<Path> pinFile() {
        return text("pin-source").map(source -> Path.of(source.startsWith("file:") ? source.substring(5) : source));
    }

    /** Returns whether a token is the one that is meant. */
    boolean matches(Token token) {
        return is("token", token.label())
                && is("manufacturer", token.manufacturer())
                && is("model", token.model())
                && is("serial", token.serial())
                && is("slot-id", Long.toString(token.slot()));
    }

    private boolean is(String attribute, String value) {
        return text(attribute).map(value::equals).orElse(true);
    }

    @Override
    public String toString() {
        return uri;
    }
}
