package org.bpfgate.framework.internal.call;

import java.util.Optional;
import org.bpfgate.audit.AuditClient;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * Record 1316: the framework denied, because a required module is missing, a module failed or overran its time, or the framework
 * has stopped.
 *
 * @param hook what was asked, such as {@code bpf_prog_load}
 * @param program the name and type of the program, when a program was to be loaded
 * @param client who asked, when that is known
 * @param denial the result
 * @param by the module at fault; null for none
 */
record DenialRecord(
        String hook,
        @Nullable Program program,
        @Nullable AuditClient client,
        HookResult denial,
        @Nullable LsmId by) implements AuditRecord {
    /** What is recorded of a program, without its instructions. */
    record Program(String name, String type) {}

    static DenialRecord of(String hook, @Nullable ProgramLoad load, HookResult denial, @Nullable LsmId by) {
        LoadClient asking = load == null ? null : load.client().orElse(null);
        return new DenialRecord(
                hook,
                load == null
                        ? null
                        : new Program(
                                load.program().name(), load.program().type().label()),
                asking == null ? null : AuditClient.of(asking),
                denial,
                by);
    }

    @Override
    public AuditType type() {
        return AuditType.KERNEL_OTHER;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.of("hook=" + hook + " " + (client == null ? "pid=? comm=?" : client.fields()) + " lsm="
                + (by == null ? "?" : by.name()) + " errno="
                + denial.errno().map(Errno::number).map(String::valueOf).orElse("?") + " res=0");
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("hook", hook);
        json.text("decision", "DENY");
        json.text("errno", denial.errno().map(Enum::name).orElse(null));
        json.text("deniedBy", by == null ? null : by.name());
        json.text("reason", denial.reason());
        json.text("fix", denial.fix().isEmpty() ? null : denial.fix());
        if (client != null) {
            json.object("client", client::describe);
        }
        if (program != null) {
            json.text("program", program.name());
            json.text("programType", program.type());
        }
    }
}
