package org.bpfgate.integrity.sig.hornet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TheAttributeHasTheKernelsBytesTest {
    private static final String OID = "06146983dc999ef8f5e69a9eb5bac6acad9bfef7da18";
    private static final String COUNTING = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String ONES = "11".repeat(32);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void twoHashes() {
        byte[] attribute = SignedMaps.attribute(List.of(bytes(ONES), bytes(COUNTING)));
        assertThat(attribute).hasSize(102);
        assertThat(attribute)
                .isEqualTo(bytes("3064" + OID + "314c304a3148" + "30220420" + COUNTING + "30220420" + ONES));
    }

    @Test
    void noHash() {
        assertThat(SignedMaps.attribute(List.of())).isEqualTo(bytes("301c" + OID + "310430023100"));
    }

    @ParameterizedTest
    @CsvSource({"3100, 0, 0", "310430020400, 1, 1", "3100ffff, 0, 0", "318030020400" + "0000, 1, 1"})
    void readable(String hex, int count, int empty) throws BerException {
        assertThat(SignedMaps.read(bytes(hex))).isEqualTo(new SignedMaps(count, empty));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "31",
                "3000",
                "31020500",
                "31023000",
                "3105300302010 0",
                "31073005020101" + "0400",
                "310630040400" + "0500"
            })
    void unreadable(String hex) {
        assertThatThrownBy(() -> SignedMaps.read(bytes(hex.replace(" ", "")))).isInstanceOf(BerException.class);
    }

    @Test
    void theOldSchemaIsRefusedByName() {
        byte[] old = bytes("3127" + "3025020100" + "0420" + COUNTING);
        assertThat(old).hasSize(2 + 2 + 3 + 2 + 32);
        assertThatThrownBy(() -> SignedMaps.read(old)).hasMessageContaining("hornet-v7");
        assertThatThrownBy(() -> SignedMaps.read(Arrays.copyOf(old, 20))).isInstanceOf(BerException.class);
    }
}
