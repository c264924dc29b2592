package org.bpfgate.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests are equal by content, sort as their text does, and come back from it. */
class ProgramDigestTest {
    @Property
    void textAndBytesAreTwoFormsOfOneValue(@ForAll @Size(32) byte[] bytes) {
        ProgramDigest digest = ProgramDigest.of(bytes);
        assertThat(ProgramDigest.parse(digest.hex())).isEqualTo(digest).hasSameHashCodeAs(digest);
        assertThat(digest.toByteArray()).isEqualTo(bytes);
        assertThat(digest.hex()).startsWith(digest.tag());
    }

    @Property
    void theOrderIsThatOfTheText(@ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other) {
        ProgramDigest a = ProgramDigest.of(one);
        ProgramDigest b = ProgramDigest.of(other);
        assertThat(Integer.signum(a.compareTo(b)))
                .isEqualTo(Integer.signum(a.hex().compareTo(b.hex())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "zz00000000000000000000000000000000000000000000000000000000000000"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> ProgramDigest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
