package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpfgate.integrity.sig.internal.hornet.HornetMode.COMPAT_V7;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TheAttributeHasTheKernelsBytesTest {
    private static final String COUNTING = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static List<SignedMap> read(String hex, HornetMode mode) throws BerException {
        List<SignedMap> maps = new ArrayList<>();
        SignedMaps.read(bytes(hex), mode, maps);
        return maps;
    }

    @ParameterizedTest
    @CsvSource({"3100, 0, 0", "310430020400, 1, 1", "3100ffff, 0, 0", "318030020400" + "0000, 1, 1"})
    void readable(String hex, int count, int empty) throws BerException {
        List<SignedMap> maps = read(hex, HornetMode.COMPAT_N);
        assertThat(maps).hasSize(count);
        assertThat(maps.stream().filter(SignedMap::isEmpty)).hasSize(empty);
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
        assertThatThrownBy(() -> read(hex.replace(" ", ""), HornetMode.COMPAT_N))
                .isInstanceOf(BerException.class);
    }

    @Test
    void theOldSchemaIsRefusedByName() {
        String old = "3127" + "3025020100" + "0420" + COUNTING;
        assertThat(old).hasSize(2 * (2 + 2 + 3 + 2 + 32));
        assertThatThrownBy(() -> read(old, HornetMode.COMPAT_N)).hasMessageContaining("hornet-v7");
        assertThatThrownBy(() -> read(old.substring(0, 40), HornetMode.COMPAT_N))
                .isInstanceOf(BerException.class);
    }

    @Test
    void theOldSchemaIsReadInItsMode() throws BerException {
        List<SignedMap> maps = read("312e" + "3025020107" + "0420" + COUNTING + "3005020101" + "0400", COMPAT_V7);
        assertThat(maps).extracting(SignedMap::index).containsExactly(7, 1);
        assertThat(maps).extracting(SignedMap::isEmpty).containsExactly(false, true);
        assertThat(maps.get(0).matches(bytes(COUNTING))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "an index of 128 as DER has it, 3108300602020080" + "0400, has 2 bytes",
        "an empty index,                3106300402000400,           has 0 bytes",
        "no index,                      310430020400,               newer schema hornet",
        "a third field,                 310930070201000400" + "0500, unexpected data",
    })
    void notTheOldSchema(String name, String hex, String reason) {
        assertThatThrownBy(() -> read(hex, COMPAT_V7)).as(name).hasMessageContaining(reason);
    }

    @Test
    void whatStandsBeforeAFaultIsLeftAsTheKernelLeavesIt() {
        List<SignedMap> maps = new ArrayList<>();
        byte[] cut = bytes("312a" + "30220420" + COUNTING + "3004040200" + "00");
        assertThatThrownBy(() -> SignedMaps.read(cut, HornetMode.COMPAT_N, maps))
                .isInstanceOf(BerException.class);
        assertThat(maps).hasSize(1);
    }
}
