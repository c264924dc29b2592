package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bpfgate.framework.internal.log.LogLines;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.registry.NameOwners;
import org.bpfgate.framework.internal.registry.PolicyMemory;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.framework.internal.stack.Place;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.SecurityModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MissingModulesAreToldOnceWithARemedyTest {
    private static final StackConfiguration REQUIRED = new StackConfiguration(
            List.of(), List.of("hornet"), Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(5));
    private static final String LINE =
            "WARNING the required module hornet is missing (lsm.required of org.bpfgate.framework);"
                    + " loads wait up to 0 ms and are denied then; ";

    private final LogLines log = new LogLines("org.bpfgate.framework");
    private Set<String> otherWiring = Set.of();
    private final HookRegistry registry =
            new HookRegistry(PolicyMemory.ofThisProcess(), new NameOwners(), REQUIRED, () -> otherWiring, () -> false);

    @AfterEach
    void giveTheLogBack() {
        log.close();
    }

    private static RegisteredModule module(String name, long serviceId, Set<String> together) {
        SecurityModule module = Policy.allowing(name);
        return new RegisteredModule(
                module,
                new ModuleRecord(module),
                serviceId,
                new Place(0, null, together),
                new RegisteredModule.Origin(1, "sig", "1.0.0", () -> ""));
    }

    @Test
    void atTheStartWhenAskedForAndWhenItIsBack() {
        registry.put(module("other", 1, Set.of()));
        assertThat(log.lines()).isEmpty();
        registry.reportMissing();
        registry.reportMissing();
        assertThat(log.lines())
                .containsExactly(LINE
                        + "start the bundle org.bpfgate.integrity.sig and see to the configuration org.bpfgate.hornet, or name in lsm.required"
                        + " what is required instead");
        registry.put(module("hornet", 2, Set.of()));
        assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO module hornet is not missing any more");
        registry.remove(2, false);
        assertThat(log.lines()).hasSize(3).last().asString().startsWith(LINE);
    }

    @Test
    void aFrameworkThatWasUpdatedAndNotRefreshedSaysSo() {
        otherWiring = Set.of("integrity-sig-bundle");
        registry.reportMissing();
        assertThat(log.lines())
                .containsExactly(LINE
                        + "refresh the bundle org.bpfgate.api: integrity-sig-bundle use the classes of another one");
        assertThat(registry.fixForMissing()).startsWith("refresh the bundle org.bpfgate.api");
    }

    @Test
    void whoWaitsForCompanionsIsNamedWithThem() {
        registry.put(module("hornet", 1, Set.of("hornet", "native")));
        registry.put(module("alone", 2, Set.of("7")));
        assertThat(registry.waiting())
                .containsExactly(
                        "module hornet of bundle sig is not in the stack: its property lsm.together names native, which that bundle"
                                + " does not have in the stack",
                        "module alone of bundle sig is not in the stack: its property lsm.together names what is no name of a"
                                + " module: 7");
        registry.put(module("native", 3, Set.of("hornet", "native")));
        assertThat(registry.waiting()).hasSize(1);
    }
}
