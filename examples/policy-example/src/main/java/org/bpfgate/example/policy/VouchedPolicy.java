package org.bpfgate.example.policy;

import java.util.Optional;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.ProgramLoad;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Lets in what enough verifiers vouch for: at least {@link Config#vouchers()} of them report OK, and none reports BADSIG or UNEXPECTED.
 *
 * <p>Reports come one by one. The policy counts them in a blob of the program, and decides when all verifiers had their say.
 */
@Component(
        service = SecurityModule.class,
        configurationPid = VouchedPolicy.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL,
        property = "service.ranking:Integer=50")
@Designate(ocd = VouchedPolicy.Config.class)
public final class VouchedPolicy implements BpfProgLoadPostIntegrityHook, BpfProgLoadHook {
    /** Where Configuration Admin finds the settings. */
    static final String PID = "org.bpfgate.example.vouched";

    private static final LsmId ID = LsmId.named("vouched");
    private static final HookResult BAD = HookResult.deny(Errno.EACCES, "a verifier objects to the program");

    /** The settings; without a configuration the defaults hold. */
    @ObjectClassDefinition(name = "Policy vouched")
    @interface Config {
        /** How many verifiers have to report OK. */
        @AttributeDefinition(min = "1")
        int vouchers() default 1;
    }

    /** How many verifiers said OK of one program. The callbacks of one load come one after the other. */
    private static final class Vouchers {
        private int count;
    }

    private final BlobType<Vouchers> vouchers = BlobType.of(Vouchers.class, Vouchers::new);
    private final int needed;

    /**
     * Called by Declarative Services.
     *
     * @throws IllegalArgumentException for a number below 1; then the component is not activated, and the log tells why
     */
    @Activate
    public VouchedPolicy(Config config) {
        this(config.vouchers());
    }

    VouchedPolicy(int needed) {
        if (needed < 1) {
            throw new IllegalArgumentException("vouchers: expected a number above 0, found " + needed);
        }
        this.needed = needed;
    }

    @Override
    public LsmId lsmId() {
        return ID;
    }

    @Override
    public Optional<BlobType<?>> programBlob() {
        return Optional.of(vouchers);
    }

    @Override
    public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
        IntegrityVerdict verdict = report.verdict();
        if (verdict == IntegrityVerdict.BADSIG || verdict == IntegrityVerdict.UNEXPECTED) {
            return BAD;
        }
        if (verdict == IntegrityVerdict.OK) {
            load.program().blob(vouchers).count++;
        }
        return HookResult.ALLOW;
    }

    /** Also called when no verifier reported at all, which the other hook does not notice. */
    @Override
    public HookResult bpfProgLoad(ProgramLoad load) {
        int found = load.program().blob(vouchers).count;
        return found >= needed
                ? HookResult.ALLOW
                : HookResult.deny(Errno.EACCES, found + " verifiers vouch for the program, and " + needed + " have to")
                        .withFix("sign or list the program");
    }
}
