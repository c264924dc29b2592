package org.bpfgate.kernel.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.Test;

/**
 * Wild attributes, copied and described as a mediation does it: each is described or refused with an error of the kernel, and nothing
 * else. The client is this process and no program is loaded. How many: {@code -Dbpfgate.hostile.tries=100000}.
 */
class HostileAttributesTest {
    private static final int TRIES = Integer.getInteger("bpfgate.hostile.tries", 2_000);

    /** The same ones each time. */
    private static final long SEED = 14;

    private final Random random = new Random(SEED);

    @Test
    void wildAttributesAreDescribedOrRefused() {
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < TRIES; i++) {
            try (OwnLoad load = wild()) {
                outcomes.merge(outcome(load), 1, Integer::sum);
            }
        }
        System.out.println(TRIES + " hostile loads: " + outcomes);
        assertThat(outcomes.keySet()).isSubsetOf("described", "evasive", "E2BIG", "EFAULT", "EINVAL");
        assertThat(outcomes).containsKeys("described", "E2BIG", "EFAULT", "EINVAL");
    }

    private OwnLoad wild() {
        OwnLoad load = new OwnLoad();
        for (int n = random.nextInt(6); n >= 0; n--) {
            int word = random.nextInt(ProgLoadAttr.SIZE / Integer.BYTES);
            load.with(word * Integer.BYTES, random.nextInt() >>> random.nextInt(Integer.SIZE));
        }
        if (random.nextInt(8) == 0) {
            load.with(random.nextInt(4096 / Integer.BYTES) * Integer.BYTES, 1);
        }
        return load.size(random.nextInt(4) == 0 ? random.nextInt(5000) : ProgLoadAttr.SIZE);
    }

    private static String outcome(OwnLoad load) {
        try {
            ProgramLoad described = load.describe();
            assertThat(described.program().instructions().digest()).isPresent();
            return described.attributes().evasion().isPresent() ? "evasive" : "described";
        } catch (SyscallException e) {
            return Errnos.name(e.errno());
        }
    }
}
