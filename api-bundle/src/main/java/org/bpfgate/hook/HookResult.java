package org.bpfgate.hook;

import java.util.Objects;
import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.jspecify.annotations.Nullable;

/**
 * What an int hook returns: allow, or deny with an error number and, on this side of the kernel, a reason. Immutable, so
 * that modules keep their results ready instead of making one per decision.
 */
public final class HookResult {
    /** The default value 0 of every BPF hook: go on with the next module. */
    public static final HookResult ALLOW = new HookResult(null, "", "", null, false);

    private static final String WOULD_BE_DENIED = "permissive: would be denied: ";

    private final @Nullable Errno errno;
    private final String reason;
    private final String fix;
    private final @Nullable PolicyBasis basis;
    private final boolean trialAllowed;

    private HookResult(
            @Nullable Errno errno, String reason, String fix, @Nullable PolicyBasis basis, boolean trialAllowed) {
        this.errno = errno;
        this.reason = Objects.requireNonNull(reason);
        this.fix = Objects.requireNonNull(fix);
        this.basis = basis;
        this.trialAllowed = trialAllowed;
    }

    /**
     * A denial.
     *
     * @param errno what the client gets
     * @param reason why, for people; one line
     */
    public static HookResult deny(Errno errno, String reason) {
        return new HookResult(Objects.requireNonNull(errno), reason, "", null, false);
    }

    /**
     * The result of a hook body that returns an int, as the kernel's do: how a module hands over what it took from one. Only 0
     * and negative error numbers keep the contract. In the kernel a positive number ends the walk and blocks nothing; here it is a
     * denial with {@code EINVAL} that says so, and so is a negative number that {@link Errno} does not know.
     *
     * @param value 0 to allow, a negative error number to deny
     * @param reason why it denies, for people; one line
     */
    public static HookResult ofKernelValue(int value, String reason) {
        if (value == 0) {
            return ALLOW;
        }
        return Errno.byNumber(-value)
                .map(errno -> deny(errno, reason))
                .orElseGet(() -> deny(Errno.EINVAL, "a hook returned " + value + ", which is no result of a hook"));
    }

    /** An allowance that names the rule behind it. To the framework the same as {@link #ALLOW}. */
    public static HookResult allow(PolicyBasis basis) {
        return new HookResult(null, "", "", Objects.requireNonNull(basis), false);
    }

    /** The same result with the rule behind it. */
    public HookResult withBasis(PolicyBasis rule) {
        return new HookResult(errno, reason, fix, Objects.requireNonNull(rule), trialAllowed);
    }

    /**
     * What a module returns in the place of this denial while its denials do not count: an allowance with the same rule and advice,
     * whose reason says that the load would be denied, and why.
     *
     * @return this result when it is an allowance
     */
    public HookResult permitted() {
        return errno == null ? this : new HookResult(null, WOULD_BE_DENIED + reason, fix, basis, false);
    }

    /**
     * The same result with what would have to change for the program to be let in.
     *
     * @param advice one line for people
     */
    public HookResult withFix(String advice) {
        return new HookResult(errno, reason, advice, basis, trialAllowed);
    }

    /**
     * The same denial, of a load that may be tried: whoever mediates loads may ask the kernel whether it accepts the program, and
     * answer the client accordingly, as long as the program itself is never handed over. The other modules are asked all the same;
     * a denial without this permission counts more. To everybody who does not know trials it is a denial like any other. It is the
     * policy's permission and no more: whether the load {@link org.bpfgate.program.ProgramLoad#isTriable() can be tried} the mediator
     * knows, and a load that cannot is denied.
     *
     * @throws IllegalStateException when this is an allowance
     */
    public HookResult withTrialAllowed() {
        if (errno == null) {
            throw new IllegalStateException("an allowance needs no trial");
        }
        return new HookResult(errno, reason, fix, basis, true);
    }

    /** Returns whether this is a denial of a load that may be tried; see {@link #withTrialAllowed()}. */
    public boolean isTrialAllowed() {
        return trialAllowed;
    }

    /** Returns whether the walk goes on. */
    public boolean isAllow() {
        return errno == null;
    }

    /** Returns the error number of a denial; empty for an allowance. */
    public Optional<Errno> errno() {
        return Optional.ofNullable(errno);
    }

    /** Returns whether this is an allowance in the place of a denial that does not count; see {@link #permitted()}. */
    public boolean isPermitted() {
        return errno == null && !reason.isEmpty();
    }

    /** Returns why; empty text for an allowance, unless it {@link #isPermitted() stands in the place of a denial}. */
    public String reason() {
        return reason;
    }

    /** Returns what would have to change; empty text when the module does not know. */
    public String fix() {
        return fix;
    }

    /** Returns the rule behind the result, if a policy decided. */
    public Optional<PolicyBasis> basis() {
        return Optional.ofNullable(basis);
    }

    @Override
    public String toString() {
        return errno == null ? "ALLOW" : errno + ": " + reason;
    }
}
