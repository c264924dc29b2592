package org.bpfgate.kernel.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpfgate.kernel.internal.client.ProcStatus;
import org.junit.jupiter.api.Test;

/** As whom a client uses files is read from its status, not from its effective ids. */
class FileIdentityTest {
    @Test
    void theLastOfFourIdsCounts() {
        String status = "Name:\tx\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\nGroups:\t10 4294967294 \n";
        assertThat(FileIdentity.parse(new ProcStatus(status))).isEqualTo(new FileIdentity(4, 8, List.of(10, -2)));
    }

    @Test
    void aProcessMayBeInNoGroup() {
        String status = "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t \n";
        assertThat(FileIdentity.parse(new ProcStatus("Name:\tx\n" + status)).groups())
                .isEmpty();
    }
}
