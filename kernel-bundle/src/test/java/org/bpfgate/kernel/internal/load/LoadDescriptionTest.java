package org.bpfgate.kernel.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadDescriptionTest {
    private final OwnLoad load = new OwnLoad();

    @AfterEach
    void close() {
        load.close();
    }

    @Test
    void everyTypeHasItsNumberAndAllOtherNumbersHaveNone() {
        ProgramType[] types = ProgramType.values();
        for (int i = 0; i < types.length; i++) {
            assertThat(LoadDescription.type(i)).isSameAs(types[i]);
        }
        assertThat(LoadDescription.type(types.length)).isSameAs(ProgramType.UNSPEC);
        assertThat(LoadDescription.type(-1)).isSameAs(ProgramType.UNSPEC);
        assertThat(LoadDescription.type(Integer.MAX_VALUE)).isSameAs(ProgramType.UNSPEC);
    }

    @Test
    void theKeyringAndTheAttachTypeAreTold() throws SyscallException {
        ProgramLoad described = load.with(KEYRING_ID, KeyringId.USER)
                .with(EXPECTED_ATTACH_TYPE, 37)
                .describe();
        assertThat(described.keyringId()).isEqualTo(KeyringId.USER);
        assertThat(described.attachType()).isEqualTo(37);
    }

    @Test
    void theOtherFieldsAreTold() throws SyscallException {
        LoadAttributes attributes = load.with(PROG_FLAGS, 0x10010)
                .with(PROG_IFINDEX, 2)
                .with(KERN_VERSION, 3)
                .with(LOG_LEVEL, 4)
                .with(FD_ARRAY_CNT, 5)
                .describe()
                .attributes();
        assertThat(attributes.license()).isEqualTo("GPL");
        assertThat(attributes.flags()).isEqualTo(0x10010);
        assertThat(attributes.interfaceIndex()).isEqualTo(2);
        assertThat(attributes.kernelVersion()).isEqualTo(3);
        assertThat(attributes.logLevel()).isEqualTo(4);
        assertThat(attributes.boundDescriptors()).isEqualTo(5);
    }

    @Test
    void theSignatureAndTheNameAreTold() throws SyscallException {
        assertThat(load.describe().signature()).isEmpty();
        load.with(SIGNATURE, new byte[] {4, 5}).with(SIGNATURE_SIZE, 2).attr.put(PROG_NAME, new byte[] {'a', 'b', 0, 'c'
        });
        assertThat(load.describe().signature()).contains(new byte[] {4, 5});
        assertThat(load.describe().program().name()).isEqualTo("ab");
    }
}
