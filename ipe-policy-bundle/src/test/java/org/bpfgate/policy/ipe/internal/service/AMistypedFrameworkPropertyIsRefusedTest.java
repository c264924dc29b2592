package org.bpfgate.policy.ipe.internal.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.bpfgate.policy.ipe.internal.hook.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

/** With {@code lsm.requird=ipe} nothing would be required, and a stack without modules allows every load. */
class AMistypedFrameworkPropertyIsRefusedTest {
    @TempDir
    private Path directory;

    @Test
    void withTheNearestOne() {
        assertThatThrownBy(() -> new Gate(directory, Map.of("lsm.requird", "ipe", "other.property", "1")))
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith(
                        "framework property lsm.requird: there is no such setting; the nearest one is lsm.required");
    }
}
