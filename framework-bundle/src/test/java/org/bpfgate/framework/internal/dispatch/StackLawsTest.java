package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bpfgate.framework.internal.registry.NameOwners;
import org.bpfgate.framework.internal.registry.StackBuilder;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.stack.LoadDecision;

/** What holds for every stack. */
class StackLawsTest {
    private static final int TRIES = 500;

    /** A module of a generated stack: names may collide, as they may in the service registry. */
    private record Member(int name, int ranking, boolean denies) {
        RegisteredModule register(int serviceId) {
            HookResult result = denies ? HookResult.deny(Errno.EPERM, "told to") : HookResult.ALLOW;
            return TestStack.registered(Policy.named("m" + name, () -> result), serviceId, ranking);
        }
    }

    @Provide
    Arbitrary<List<RegisteredModule>> modules() {
        Arbitrary<Member> member = Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(-2, 2),
                        Arbitraries.of(true, false, false))
                .as(Member::new);
        return member.list().ofMinSize(1).ofMaxSize(8).map(StackLawsTest::register);
    }

    @Provide
    Arbitrary<List<String>> orders() {
        return Arbitraries.integers()
                .between(0, 7)
                .map(i -> "m" + i)
                .list()
                .uniqueElements()
                .ofMaxSize(4);
    }

    private static List<RegisteredModule> register(List<Member> members) {
        List<RegisteredModule> registered = new ArrayList<>();
        for (Member member : members) {
            registered.add(member.register(registered.size() + 1));
        }
        return registered;
    }

    private static StackConfiguration configuration(List<String> order) {
        return new StackConfiguration(order, List.of(), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static TestStack stackOf(List<RegisteredModule> modules) {
        TestStack stack = new TestStack();
        modules.forEach(stack.registry::put);
        return stack;
    }

    private static LoadDecision load(TestStack stack) {
        return stack.hooks.bpfProgLoad(TestStack.load());
    }

    private static List<RegisteredModule> shuffled(List<RegisteredModule> modules, Random random) {
        List<RegisteredModule> copy = new ArrayList<>(modules);
        Collections.shuffle(copy, random);
        return copy;
    }

    @Property(tries = TRIES)
    void theSameInputGivesTheSameStack(
            @ForAll("modules") List<RegisteredModule> modules,
            @ForAll("orders") List<String> order,
            @ForAll Random random) {
        Generation one = StackBuilder.build(1, modules, new NameOwners(), configuration(order), List.of());
        Generation other =
                StackBuilder.build(1, shuffled(modules, random), new NameOwners(), configuration(order), List.of());
        assertThat(other.stack).isEqualTo(one.stack);
        assertThat(other.missing).isEqualTo(one.missing);
    }

    @Property(tries = TRIES)
    void theStackHasEachNameOnceAndNoneIsLost(
            @ForAll("modules") List<RegisteredModule> modules, @ForAll("orders") List<String> order) {
        List<LsmId> names = new ArrayList<>();
        StackBuilder.build(1, modules, new NameOwners(), configuration(order), List.of())
                .modules()
                .forEach(module -> names.add(module.lsm()));
        assertThat(names).doesNotHaveDuplicates();
        assertThat(new HashSet<>(names))
                .isEqualTo(new HashSet<>(
                        modules.stream().map(RegisteredModule::lsm).toList()));
    }

    @Property(tries = TRIES)
    void theModulesThatStayKeepTheirOrderWhenOneGoes(
            @ForAll("modules") List<RegisteredModule> modules, @ForAll Random random) {
        TestStack stack = stackOf(modules);
        List<RegisteredModule> before = new ArrayList<>(stack.registry.current().modules());
        RegisteredModule going = before.get(random.nextInt(before.size()));
        stack.remove(going);
        List<RegisteredModule> after = new ArrayList<>(stack.registry.current().modules());
        after.removeIf(module -> !before.contains(module));
        before.removeIf(module -> !after.contains(module));
        assertThat(after).isEqualTo(before);
    }

    @Property(tries = TRIES)
    void theDecisionDoesNotDependOnTheOrderOfRegistration(
            @ForAll("modules") List<RegisteredModule> modules, @ForAll Random random) {
        LoadDecision one = load(stackOf(modules));
        LoadDecision other = load(stackOf(shuffled(modules, random)));
        assertThat(other.result()).isEqualTo(one.result());
        assertThat(other.deniedBy()).isEqualTo(one.deniedBy());
        assertThat(other.stack().modules()).isEqualTo(one.stack().modules());
    }

    @Property(tries = TRIES)
    void theEndOfOneModuleNeverTurnsTheDenialOfAnotherIntoAnAllowance(
            @ForAll("modules") List<RegisteredModule> modules) {
        LoadDecision decision = load(stackOf(modules));
        if (!decision.isAllow()) {
            for (RegisteredModule going : modules) {
                TestStack stack = stackOf(modules);
                stack.remove(going);
                assertThat(load(stack).isAllow() && !decision.deniedBy().equals(Optional.of(going.lsm())))
                        .as("without %s of service %s", going.lsm(), going.serviceId())
                        .isFalse();
            }
        }
    }

    @Property(tries = TRIES)
    void theEndOfARequiredModuleAllowsNothing(@ForAll("modules") List<RegisteredModule> modules) {
        TestStack stack = stackOf(modules);
        stack.configure(List.of(), stack.names(), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
        RegisteredModule going = stack.registry.current().modules().getFirst();
        modules.stream().filter(module -> module.lsm().equals(going.lsm())).forEach(stack::remove);
        assertThat(load(stack).result().errno()).contains(Errno.EACCES);
    }
}
