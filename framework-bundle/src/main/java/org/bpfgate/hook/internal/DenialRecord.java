package org.bpfgate.hook.internal;

import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.KernelLine;
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
        @Nullable Client client,
        HookResult denial,
        @Nullable LsmId by) implements AuditRecord {
    /** What is recorded of a program, without its instructions. */
    record Program(String name, String type) {}

    /** What is recorded of a client; asked for when the record is made, as the client may be gone later. */
    record Client(
            int pid,
            int tid,
            long uid,
            String comm,
            Optional<String> exe,
            Optional<String> exeSha256,
            Optional<String> unit) {
        private static Client of(LoadClient asking) {
            return new Client(
                    asking.pid(),
                    asking.tid(),
                    asking.uid(),
                    asking.comm(),
                    asking.executable(),
                    asking.executableSha256(),
                    asking.unit());
        }
    }

    static DenialRecord of(String hook, @Nullable ProgramLoad load, HookResult denial, @Nullable LsmId by) {
        LoadClient asking = load == null ? null : load.client().orElse(null);
        return new DenialRecord(
                hook,
                load == null
                        ? null
                        : new Program(
                                load.program().name(), load.program().type().label()),
                asking == null ? null : Client.of(asking),
                denial,
                by);
    }

    @Override
    public AuditType type() {
        return AuditType.KERNEL_OTHER;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.of("hook=" + hook + " pid=" + (client == null ? "?" : Integer.toString(client.pid())) + " comm="
                + (client == null ? "?" : KernelLine.untrusted(client.comm())) + " lsm="
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
            json.object("client", members -> {
                members.number("pid", client.pid());
                members.number("tid", client.tid());
                members.number("uid", client.uid());
                members.text("comm", client.comm());
                members.text("exe", client.exe().orElse(null));
                members.text(
                        "exeDigest",
                        client.exeSha256().map(hex -> "sha256:" + hex).orElse(null));
                members.text("unit", client.unit().orElse(null));
            });
        }
        if (program != null) {
            json.text("program", program.name());
            json.text("programType", program.type());
        }
    }
}
