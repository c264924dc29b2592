package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.framework.internal.stack.Place;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.stack.ModuleStack;
import org.junit.jupiter.api.Test;

/** No module of another bundle stands in for one that is away, until its bundle is uninstalled or hands the name over. */
class ANameBelongsToTheBundleThatFirstHadItTest {
    private static final String OWNER = "integrity-sig-bundle";
    private static final long OWNERS_ID = 1;
    private static final String IMPOSTOR = "impostor";
    private static final long IMPOSTORS_ID = 2;

    private final TestStack stack = new TestStack();
    private long lastServiceId;

    private RegisteredModule put(String name, String bundle, long bundleId, String... together) {
        SecurityModule module = Policy.allowing(name);
        RegisteredModule registered = new RegisteredModule(
                module,
                new ModuleRecord(module),
                ++lastServiceId,
                new Place(0, null, Set.of(together)),
                new RegisteredModule.Origin(bundleId, bundle, "1.0.0", () -> ""));
        stack.registry.put(registered);
        return registered;
    }

    private void require(String... names) {
        StackConfiguration now = stack.registry.configuration();
        stack.configure(List.of(), List.of(names), now.hold().multipliedBy(0), now.callbackBudget(), now.drainBudget());
    }

    private List<String> bundles() {
        return stack.hooks.stack().modules().stream()
                .map(ModuleStack.Entry::bundle)
                .toList();
    }

    @Test
    void whileItsModuleIsAwayTheRequiredModuleIsMissing() {
        require("hornet");
        RegisteredModule owner = put("hornet", OWNER, OWNERS_ID);
        put("hornet", IMPOSTOR, IMPOSTORS_ID);
        stack.remove(owner);
        assertThat(bundles()).isEmpty();
        assertThat(stack.hooks.bpfProgLoad(TestStack.load()).isAllow()).isFalse();
        assertThat(stack.hooks.stack().problems())
                .anySatisfy(problem -> assertThat(problem).contains("hornet is missing"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("hornet is left out: service 2 of bundle impostor", "belongs to bundle " + OWNER));
        put("hornet", OWNER, OWNERS_ID);
        assertThat(bundles()).containsExactly(OWNER);
    }

    @Test
    void aCompanionOfAnotherBundleDoesNotCount() {
        put("hornet", IMPOSTOR, IMPOSTORS_ID);
        put("hornet", OWNER, OWNERS_ID, "hornet", "native");
        put("native", OWNER, OWNERS_ID, "hornet", "native");
        assertThat(bundles()).containsExactly(IMPOSTOR);
    }

    @Test
    void aLaterModuleOfTheSameBundleMovesUp() {
        RegisteredModule first = put("hornet", OWNER, OWNERS_ID);
        put("hornet", OWNER, OWNERS_ID);
        assertThat(stack.hooks.stack().problems())
                .containsExactly("a second module named hornet is left out: service 2 of bundle " + OWNER);
        stack.remove(first);
        assertThat(bundles()).containsExactly(OWNER);
    }

    @Test
    void whenItsBundleIsUninstalledTheNameIsFree() {
        RegisteredModule owner = put("hornet", OWNER, OWNERS_ID);
        put("hornet", IMPOSTOR, IMPOSTORS_ID);
        stack.remove(owner);
        stack.registry.release("another");
        assertThat(bundles()).isEmpty();
        stack.registry.release(OWNER);
        assertThat(bundles()).containsExactly(IMPOSTOR);
        put("hornet", OWNER, OWNERS_ID);
        assertThat(bundles()).containsExactly(IMPOSTOR);
    }

    @Test
    void aReplacementHandsItOver() {
        RegisteredModule owner = put("hornet", OWNER, OWNERS_ID);
        stack.registry.replace(IMPOSTORS_ID, () -> {
            put("hornet", IMPOSTOR, IMPOSTORS_ID);
            return List.of(owner.serviceId());
        });
        assertThat(bundles()).containsExactly(IMPOSTOR);
        stack.remove(owner);
        put("hornet", OWNER, OWNERS_ID);
        assertThat(bundles()).containsExactly(IMPOSTOR);
    }

    @Test
    void aReplacementThatFailsDoesNot() {
        RegisteredModule owner = put("hornet", OWNER, OWNERS_ID);
        stack.registry.replace(IMPOSTORS_ID, () -> {
            put("hornet", IMPOSTOR, IMPOSTORS_ID);
            return null;
        });
        stack.remove(owner);
        assertThat(bundles()).isEmpty();
    }
}
