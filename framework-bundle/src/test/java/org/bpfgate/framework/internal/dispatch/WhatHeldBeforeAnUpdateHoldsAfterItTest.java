package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfgate.framework.internal.registry.Handover;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.settings.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A framework bundle begins with the settings, the audit file and the owners of names that the one before it had. */
class WhatHeldBeforeAnUpdateHoldsAfterItTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("handover");
    }

    static Stream<StackConfiguration> settings() {
        return Stream.of(
                StackConfiguration.DEFAULT,
                new StackConfiguration(
                        List.of("ipe", "hornet"),
                        List.of("hornet", "ipe"),
                        Duration.ZERO,
                        Duration.ofMillis(1),
                        Duration.ofDays(1)),
                new StackConfiguration(
                        List.of(),
                        StackConfiguration.NOTHING,
                        Duration.ofMillis(7),
                        Duration.ofSeconds(8),
                        Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theSettings(StackConfiguration settings) throws Exception {
        Handover.in(file()).leave(settings, Map.of(), Map.of());
        assertThat(Handover.in(file()).settings(StackConfiguration.DEFAULT)).isEqualTo(settings);
    }

    @Test
    void theAuditFileAndTheOwnersOfBundlesThatAreStillThere() throws Exception {
        Map<String, String> audit = Map.of("file", "/var/log/ü=#:.json", "format", "KERNEL");
        Handover.in(file())
                .leave(StackConfiguration.DEFAULT, audit, Map.of("hornet", "signatures", "ipe", "policy", "x", "gone"));
        Handover next = Handover.in(file());
        assertThat(next.audit()).isEqualTo(audit);
        assertThat(next.owners(bundle -> !bundle.equals("gone")).bundles())
                .isEqualTo(Map.of("hornet", "signatures", "ipe", "policy"));
    }

    @Test
    void onceOnly() throws Exception {
        Handover.in(file()).leave(StackConfiguration.DEFAULT, Map.of(), Map.of("ipe", "policy"));
        Handover next = Handover.in(file());
        next.taken();
        assertThat(next.owners(bundle -> true).bundles()).isNotEmpty();
        assertThat(Handover.in(file()).owners(bundle -> true).bundles()).isEmpty();
    }

    @Test
    void withoutOneBeforeItTheFrameworkPropertiesHold() throws Exception {
        for (Path none : new Path[] {file(), null}) {
            Handover first = Handover.in(none);
            assertThat(first.settings(StackConfiguration.DEFAULT)).isEqualTo(StackConfiguration.DEFAULT);
            assertThat(first.audit()).isEmpty();
            assertThat(first.owners(bundle -> true).bundles()).isEmpty();
            first.taken();
        }
    }

    @Test
    void whatCannotBeReadIsAFault() throws Exception {
        Files.writeString(file(), "lsm.hold=soon\n");
        Handover bad = Handover.in(file());
        assertThatThrownBy(() -> bad.settings(StackConfiguration.DEFAULT)).isInstanceOf(SettingException.class);
        Files.writeString(file(), "x=\\u00zz\n");
        assertThatThrownBy(() -> Handover.in(file())).isInstanceOf(IOException.class);
    }
}
