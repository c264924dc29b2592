package org.bpfgate.signing.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.junit.jupiter.api.Test;

class TheAttributeHasTheKernelsBytesTest {
    private static final String COUNTING = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String ONES = "11".repeat(32);
    private static final List<byte[]> HASHES =
            List.of(HexFormat.of().parseHex(ONES), HexFormat.of().parseHex(COUNTING));

    private static String hex(ASN1Encodable value) throws IOException {
        return HexFormat.of().formatHex(value.toASN1Primitive().getEncoded("DER"));
    }

    /** {@code OID_hornet_data} of the kernel; one of its numbers has 128 bits. */
    @Test
    void theType() throws IOException {
        assertThat(hex(MapSchema.TYPE)).isEqualTo("06146983dc999ef8f5e69a9eb5bac6acad9bfef7da18");
    }

    @Test
    void hashesAreSorted() throws IOException {
        assertThat(hex(MapSchema.HASHES.value(HASHES)))
                .isEqualTo("304a3148" + "30220420" + COUNTING + "30220420" + ONES);
    }

    @Test
    void theOldSchemaHasTheirPlaces() throws IOException {
        assertThat(hex(MapSchema.INDEXED_HASHES.value(HASHES)))
                .isEqualTo("3050314e" + "3025020100" + "0420" + ONES + "3025020101" + "0420" + COUNTING);
    }

    @Test
    void noMap() throws IOException {
        assertThat(hex(MapSchema.HASHES.value(List.of()))).isEqualTo("30023100");
    }
}
