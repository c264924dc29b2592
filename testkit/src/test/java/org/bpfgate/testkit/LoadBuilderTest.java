package org.bpfgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpfgate.program.AttachType;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadBuilderTest {
    @Test
    void thePlainestLoadSetsNothing() {
        ProgramLoad load = LoadBuilder.load().build();
        assertThat(load.program().name()).isEqualTo("test");
        assertThat(load.program().type()).isEqualTo(ProgramType.XDP);
        assertThat(load.program().instructions().count()).isEqualTo(2);
        assertThat(load.program().usedMaps()).isEmpty();
        assertThat(load.signature()).isEmpty();
        assertThat(load.attributes()).isEqualTo(LoadAttributes.NONE);
        assertThat(load.origin()).isEqualTo(LoadOrigin.USER);
        assertThat(load.client()).isEmpty();
        assertThat(load.probe()).isEmpty();
        assertThat(load.isTriable()).isFalse();
        assertThat(load.isEnforced()).isTrue();
    }

    @Test
    void whatIsSetIsInTheLoad() {
        TestMap map = TestMap.of((byte) 7).frozen().readOnlyForPrograms();
        ProgramLoad load = LoadBuilder.load(ProgramType.LSM)
                .name("guard")
                .instructions(3)
                .map(map)
                .signature((byte) 1, (byte) 2)
                .keyring(5)
                .attachType(AttachType.LSM_MAC)
                .license("GPL")
                .origin(LoadOrigin.KERNEL)
                .client(TestClient.of("loader", 0)
                        .withExecutable("/bin/loader", "00")
                        .inUnit("loader.service"))
                .probe("ring_buffer")
                .triable()
                .notEnforced()
                .build();
        assertThat(load.program()).hasToString("lsm program guard");
        assertThat(load.program().instructions().count()).isEqualTo(3);
        assertThat(load.program().usedMaps()).containsExactly(map);
        assertThat(load.signature()).contains(new byte[] {1, 2});
        assertThat(load.keyringId()).isEqualTo(5);
        assertThat(load.attachType()).isEqualTo(27);
        assertThat(load.attributes().license()).isEqualTo("GPL");
        assertThat(load.origin()).isEqualTo(LoadOrigin.KERNEL);
        assertThat(load.client().flatMap(client -> client.unit())).contains("loader.service");
        assertThat(load.probe()).contains("ring_buffer");
        assertThat(load.isTriable()).isTrue();
        assertThat(load.isEnforced()).isFalse();
    }

    @Test
    void eachLoadHasAProgramOfItsOwn() {
        LoadBuilder builder = LoadBuilder.load();
        assertThat(builder.build().program()).isNotSameAs(builder.build().program());
    }

    @Test
    void openRelocationsLeaveNoDigest() {
        LoadBuilder builder = LoadBuilder.load().instructions(4);
        assertThat(builder.build().program().instructions().digest()).isPresent();
        Instructions open =
                builder.relocations(RelocationState.PENDING).build().program().instructions();
        assertThat(open.digest()).isEmpty();
        assertThat(open.count()).isEqualTo(4);
    }

    @Test
    void aProgramHasInstructions() {
        assertThatThrownBy(() -> LoadBuilder.load().instructions(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoadBuilder.load().code((byte) 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAFrozenMapTellsItsContents() {
        TestMap map = TestMap.of((byte) 7);
        assertThat(map.contents()).isEmpty();
        assertThat(map.frozen().contents()).contains(new byte[] {7, 0, 0, 0, 0, 0, 0, 0});
        assertThat(map.frozen().sha256())
                .hasValueSatisfying(hash -> assertThat(hash).hasSize(32));
        assertThat(map.frozen().isImmutable()).isFalse();
        assertThat(map.frozen().readOnlyForPrograms().isImmutable()).isTrue();
        assertThat(map.frozen().exclusive().isImmutable()).isTrue();
        assertThat(map.frozen().unreadable().contents()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oddLoadsCanBeMadeAgain(OddLoad odd) {
        assertThat(odd.get().program()).isNotSameAs(odd.get().program());
        assertThat(odd.get().attributes()).isEqualTo(odd.get().attributes());
    }
}
