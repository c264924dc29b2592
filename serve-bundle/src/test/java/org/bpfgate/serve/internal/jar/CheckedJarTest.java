package org.bpfgate.serve.internal.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A jar is taken when all of it is signed by one signer who is trusted, and every reader sees the same of it. */
class CheckedJarTest {
    @TempDir
    Path directory;

    private Path trust;

    @BeforeEach
    void trust() throws IOException {
        trust = directory.resolve("trust.d");
        TestSigners.trust(trust, "vendor", "expired", "authority");
    }

    @ParameterizedTest
    @MethodSource("good")
    void isTaken(String what, byte[] jar, String signer) throws Exception {
        CheckedJar checked = check(jar, false);
        assertThat(checked).as(what).isEqualTo(new CheckedJar("org.example.m", checked.version(), signer));
        assertThat(checked.version()).hasToString("1.2.3");
    }

    static Stream<Arguments> good() {
        return Stream.of(
                arguments("signed by one who is trusted", TestSigners.sign(bundle().bytes(), "vendor"), "CN=Vendor"),
                arguments("below an authority", TestSigners.sign(bundle().bytes(), "issued"), "CN=Issued"),
                arguments("with directories", withDirectory(), "CN=Vendor"),
                arguments(
                        "with another version of a class",
                        TestSigners.sign(
                                bundle().header("Multi-Release", "true")
                                        .entry("META-INF/versions/9/data.txt", new byte[] {9})
                                        .bytes(),
                                "vendor"),
                        "CN=Vendor"));
    }

    private static byte[] withDirectory() {
        return TestSigners.sign(
                bundle().entry("org/", new byte[0])
                        .entry("org/data", new byte[] {1})
                        .bytes(),
                "vendor");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void isRefusedWithAReason(String reason, byte[] jar) throws Exception {
        Files.write(directory.resolve("m.jar"), jar);
        JarException refusal = catchThrowableOfType(JarException.class, () -> check(jar, false));
        assertThat(refusal).as(reason).isNotNull();
        assertThat(refusal.getMessage()).contains(reason).doesNotContain("\n");
    }

    static Stream<Arguments> bad() {
        byte[] plain = bundle().bytes();
        byte[] signed = TestSigners.sign(plain, "vendor");
        return Stream.of(
                arguments("is not signed", plain),
                arguments("signed by CN=Stranger, who may not sign modules", TestSigners.sign(plain, "stranger")),
                arguments("whose certificate expired on 2020-01-31", TestSigners.sign(plain, "expired")),
                arguments("was not issued to sign code", TestSigners.sign(plain, "server")),
                arguments("is signed more than once", TestSigners.sign(signed, "stranger", "OTHER", new String[0])),
                arguments(
                        "does not cover the whole manifest", TestSigners.sign(plain, "vendor", "sectionsOnly", "true")),
                arguments("not signed", changed(signed, files -> files.put("added.txt", new byte[] {1}))),
                arguments("not signed", changed(signed, files -> files.put("META-INF/services/x", new byte[] {1}))),
                arguments(
                        "not signed", changed(signed, files -> files.put("META-INF/versions/9/data.txt", new byte[1]))),
                arguments("not what was signed", changed(signed, files -> files.put("data.txt", new byte[] {9}))),
                arguments("not what was signed", changed(signed, CheckedJarTest::changeManifest)),
                arguments("manifest that is not what was signed", changed(signed, CheckedJarTest::addToManifest)),
                arguments("its signature is incomplete", changed(signed, files -> files.remove("META-INF/SIGNER.EC"))),
                arguments(
                        "is signed more than once", changed(signed, files -> files.put("META-INF/A.SF", new byte[0]))),
                arguments(
                        "has content in the directory",
                        TestSigners.sign(bundle().entry("x/", new byte[] {1}).bytes(), "vendor")),
                arguments("is a fragment", signedWith("Fragment-Host", "org.bpfgate.policy.ipe")),
                arguments(
                        "is no module but a part of the gate",
                        signedWith("Bundle-SymbolicName", "org.bpfgate.framework")),
                arguments("is no bundle: Bundle-Version is", signedWith("Bundle-Version", "one")),
                arguments("is no bundle", signedWith("Bundle-SymbolicName", "../../etc")),
                arguments(
                        "is no bundle",
                        TestSigners.sign(bundle().without("Bundle-SymbolicName").bytes(), "vendor")),
                arguments(
                        "is no bundle",
                        TestSigners.sign(
                                bundle().without("Bundle-ManifestVersion").bytes(), "vendor")),
                arguments("is no jar file", "#!/bin/sh".getBytes(StandardCharsets.UTF_8)),
                arguments("is no jar file", new byte[0]),
                arguments("is no jar file, is cut off", Arrays.copyOf(signed, signed.length - 30)),
                arguments("behind its directory", joined(signed, new byte[] {0})),
                arguments("belong to no entry", joined("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), signed)),
                arguments("belong to no entry", hidden(signed)),
                arguments("has two entries named data.txt", twice(signed)),
                arguments(
                        "leads elsewhere",
                        TestSigners.sign(bundle().entry("../x", new byte[1]).bytes(), "vendor")),
                arguments(
                        "only some take for one of META-INF",
                        renamed(signed, "META-INF/MANIFEST.MF", "meta-inf/manifest.mf")),
                arguments("says two things of the entry", renamedLocally(signed)),
                arguments("is too large when unpacked", bomb()),
                arguments(
                        "has something behind its directory",
                        joined(Arrays.copyOf(signed, signed.length - 2), new byte[] {1, 0, 'x'})));
    }

    @Test
    void nobodyIsTrustedWithoutADirectory() throws Exception {
        trust = directory.resolve("missing");
        JarException refusal = catchThrowableOfType(
                JarException.class, () -> check(TestSigners.sign(bundle().bytes(), "vendor"), false));
        assertThat(refusal.getMessage()).contains("CN=Vendor").contains(trust.toString());
    }

    @Test
    void anUnsignedJarIsTakenWhereThatIsAllowed() throws Exception {
        assertThat(check(bundle().bytes(), true).signer()).isEqualTo(CheckedJar.UNSIGNED);
    }

    @Test
    void aSignatureHoldsAlsoWhereNoneIsNeeded() {
        byte[] changed =
                changed(TestSigners.sign(bundle().bytes(), "vendor"), files -> files.put("data.txt", new byte[1]));
        assertThat(catchThrowableOfType(JarException.class, () -> check(changed, true)))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        JarException.class, () -> check(TestSigners.sign(bundle().bytes(), "stranger"), true)))
                .isNotNull();
    }

    /** Every byte of a signed jar is held: whichever one changes, the jar is refused. Every third one is tried. */
    @Test
    void noByteCanChange() throws Exception {
        byte[] signed = TestSigners.sign(bundle().bytes(), "vendor");
        int taken = 0;
        for (int at = 0; at < signed.length; at += 3) {
            byte[] changed = signed.clone();
            changed[at] ^= 1;
            try {
                check(changed, false);
                taken++;
                assertThat(isMetadata(signed, at))
                        .as("byte %d of %d", at, signed.length)
                        .isTrue();
            } catch (JarException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        // Times and the versions of the packer say nothing of the content.
        assertThat(taken).isLessThan(signed.length / 10);
    }

    /** Whether a byte is in a header of an entry: its time, its attributes, the version of the packer, or an extra field. */
    private static boolean isMetadata(byte[] jar, int at) {
        ByteBuffer bytes = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = Math.max(0, at - 60); start <= at; start++) {
            if (start + 4 <= jar.length) {
                int signature = bytes.getInt(start);
                int offset = at - start;
                if (signature == 0x04034b50 && (offset == 4 || offset == 5 || (offset >= 10 && offset < 14))) {
                    return true;
                }
                if (signature == 0x02014b50
                        && ((offset >= 4 && offset < 8)
                                || (offset >= 12 && offset < 16)
                                || (offset >= 36 && offset < 42))) {
                    return true;
                }
                int extra = signature == 0x04034b50 ? 30 + bytes.getShort(start + 26) : -1;
                if (extra >= 0 && offset >= extra && offset < extra + bytes.getShort(start + 28)) {
                    return true;
                }
                extra = signature == 0x02014b50 ? 46 + bytes.getShort(start + 28) : -1;
                if (extra >= 0 && offset >= extra && offset < extra + bytes.getShort(start + 30)) {
                    return true;
                }
            }
        }
        return false;
    }

    private CheckedJar check(byte[] jar, boolean allowUnsigned) throws IOException, JarException {
        Path file = directory.resolve("m.jar");
        Files.write(file, jar);
        return CheckedJar.check(file, ModuleTrust.read(trust), Instant.now(), allowUnsigned);
    }

    private static TestJar bundle() {
        return TestJar.bundle("org.example.m", "1.2.3");
    }

    private static byte[] signedWith(String header, String value) {
        return TestSigners.sign(bundle().header(header, value).bytes(), "vendor");
    }

    private static void changeManifest(Map<String, byte[]> files) {
        String text = new String(files.get("META-INF/MANIFEST.MF"), StandardCharsets.UTF_8);
        files.put("META-INF/MANIFEST.MF", text.replace("1.2.3", "9.9.9").getBytes(StandardCharsets.UTF_8));
    }

    /** The JDK takes a manifest as signed when its main section and those of all entries are. */
    private static void addToManifest(Map<String, byte[]> files) {
        files.compute(
                "META-INF/MANIFEST.MF",
                (name, text) -> joined(text, "Name: missing\r\nX: y\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
    }

    /** Packs a jar again, after a change. */
    private static byte[] changed(byte[] jar, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
            change.accept(files);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream out = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    out.putNextEntry(new ZipEntry(file.getKey()));
                    out.write(file.getValue());
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** Puts bytes between the last entry and the directory. */
    private static byte[] hidden(byte[] jar) {
        ByteBuffer bytes = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(jar.length - 6);
        byte[] hidden = joined(
                joined(Arrays.copyOf(jar, directory), new byte[] {1, 2, 3, 4}),
                Arrays.copyOfRange(jar, directory, jar.length));
        ByteBuffer.wrap(hidden).order(ByteOrder.LITTLE_ENDIAN).putInt(hidden.length - 6, directory + 4);
        return hidden;
    }

    /** Calls another entry data.txt, too. */
    private static byte[] twice(byte[] jar) {
        byte[] other = changed(jar, files -> files.put("data.TXT", new byte[] {9}));
        return renamed(other, "data.TXT", "data.txt");
    }

    private static byte[] renamed(byte[] jar, String from, String to) {
        String text = new String(jar, StandardCharsets.ISO_8859_1);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] renamedLocally(byte[] jar) {
        String text = new String(jar, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("data.txt", text.indexOf("META-INF/SIGNER.EC"));
        return (text.substring(0, at) + "Data.txt" + text.substring(at + 8)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** 65 MB of zeros in 65 KB. */
    private static byte[] bomb() {
        return bundle().entry("zeros", new byte[65 << 20]).bytes();
    }
}
