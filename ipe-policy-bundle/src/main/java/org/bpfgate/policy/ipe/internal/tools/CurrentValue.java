package org.bpfgate.policy.ipe.internal.tools;

import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.policy.ipe.internal.property.AnyOf;
import org.bpfgate.policy.ipe.internal.property.BpfInsnMax;
import org.bpfgate.policy.ipe.internal.property.BpfSigners;
import org.bpfgate.policy.ipe.internal.property.Fixable;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.property.Until;
import org.bpfgate.policy.ipe.internal.vocabulary.KeyedProperty;
import org.bpfgate.policy.ipe.internal.vocabulary.PropertyKey;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;

/** Describes the value that a load has where a property wants another one. */
final class CurrentValue {
    private CurrentValue() {}

    /** Returns the value; empty when the property itself says all, as {@code bpf_kernel=TRUE} does. */
    static String of(Property property, BpfLoadContext load) {
        if (property instanceof Fixable fixable) {
            return fixable.present(load);
        }
        if (property instanceof AnyOf set && set.members().getFirst() instanceof Fixable first) {
            return first.present(load);
        }
        if (property instanceof BpfSigners) {
            return Integer.toString(BpfSigners.count(load));
        }
        if (property instanceof Until until) {
            return "over since " + until.end();
        }
        LoadedProgram program = load.program();
        return program == null ? "" : of(property, program, load.client());
    }

    private static String of(Property property, LoadedProgram program, @Nullable LoadClient client) {
        return switch (property) {
            case AnyOf set -> of(set.members().getFirst(), program, client);
            case BpfInsnMax wanted -> Integer.toString(program.instructionCount());
            case KeyedProperty wanted -> of(wanted.key(), program, client);
            default -> "";
        };
    }

    private static String of(PropertyKey key, LoadedProgram program, @Nullable LoadClient client) {
        return switch (key) {
            case BPF_LICENSE, BPF_GPL_COMPATIBLE -> license(program.license());
            case BPF_PROG_TYPE -> program.type().label();
            case BPF_ATTACH_TYPE -> attachType(program.attachType());
            case BPF_NAME -> program.name().isEmpty() ? "no name" : program.name();
            case BPF_DIGEST -> digest(program.digest());
            case BPF_CLIENT_UID -> client == null ? "no process" : Long.toString(client.uid());
            case BPF_CLIENT_EXE -> client == null ? "no process" : "another file";
            case BPF_CLIENT_UNIT ->
                client == null ? "no process" : client.unit().orElse("no unit");
            default -> "";
        };
    }

    private static String license(@Nullable String license) {
        return license == null ? "not known from the file" : license.replace(' ', '_');
    }

    private static String attachType(@Nullable AttachType type) {
        return type == null ? "unknown" : type.label();
    }

    private static String digest(@Nullable ProgramDigest digest) {
        return digest == null ? "not known before the load" : digest.toString();
    }
}
