package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoChangedByteIsAcceptedTest {
    private static final Set<IntegrityVerdict> GOOD = EnumSet.of(IntegrityVerdict.OK, IntegrityVerdict.PARTIALSIG);

    @TempDir
    static Path directory;

    static Bench bench;

    @BeforeAll
    static void prepare() {
        bench = new Bench(directory);
    }

    private static Identity signer(String kind) {
        return kind.equals("rsa") ? bench.rsa : bench.ec;
    }

    private static byte[] message(String kind) {
        return new Forge(signer(kind), bench.code).withHornet(Forge.entries(32)).build(bench.code);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    @Test
    void noBitOfTheInstructionsCanBeFlipped() {
        byte[] message = message("ec");
        for (int bit = 0; bit < 8 * bench.code.length; bit++) {
            assertThat(bench.verify(flipped(bench.code, bit), message).verdict())
                    .isEqualTo(IntegrityVerdict.BADSIG);
        }
    }

    /** From the attributes to the end all is covered or is the signature; before that stand names and versions. */
    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void noBitOfAttributesAndSignatureCanBeFlipped(String kind) {
        byte[] message = message(kind);
        assertThat(bench.verify(message).verdict()).isEqualTo(IntegrityVerdict.OK);
        int attributes = indexOf(message, new Forge(signer(kind), bench.code).attributes.get(0));
        for (int bit = 8 * attributes; bit < 8 * message.length; bit++) {
            if (!isAlgorithmParameter(message, bit / 8)) {
                assertThat(GOOD)
                        .as("bit " + bit)
                        .doesNotContain(bench.verify(flipped(message, bit)).verdict());
            }
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    /** ECDSA names its digest twice; like the kernel, the verifier goes by the signer's digest algorithm alone. */
    private static boolean isAlgorithmParameter(byte[] message, int index) {
        byte[] oid = Der.oid(Forge.ECDSA_SHA256);
        int start = lastIndexOf(message, oid);
        return index >= start && index < start + oid.length;
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        for (int i = bytes.length - wanted.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -wanted.length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void aMessageCutOffAnywhereIsBad(String kind) {
        byte[] message = message(kind);
        for (int length = 0; length < message.length; length++) {
            assertThat(bench.verify(Arrays.copyOf(message, length)).verdict()).isEqualTo(IntegrityVerdict.BADSIG);
        }
    }
}
