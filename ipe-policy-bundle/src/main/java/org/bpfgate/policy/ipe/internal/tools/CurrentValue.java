package org.bpfgate.policy.ipe.internal.tools;

import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.policy.ipe.internal.property.AnyOf;
import org.bpfgate.policy.ipe.internal.property.Fixable;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.property.load.BpfAttachType;
import org.bpfgate.policy.ipe.internal.property.load.BpfClientExe;
import org.bpfgate.policy.ipe.internal.property.load.BpfClientUid;
import org.bpfgate.policy.ipe.internal.property.load.BpfClientUnit;
import org.bpfgate.policy.ipe.internal.property.load.BpfDigest;
import org.bpfgate.policy.ipe.internal.property.load.BpfGplCompatible;
import org.bpfgate.policy.ipe.internal.property.load.BpfInsnMax;
import org.bpfgate.policy.ipe.internal.property.load.BpfLicense;
import org.bpfgate.policy.ipe.internal.property.load.BpfName;
import org.bpfgate.policy.ipe.internal.property.load.BpfProgType;
import org.bpfgate.policy.ipe.internal.property.load.Until;
import org.bpfgate.policy.ipe.internal.property.signature.BpfSigners;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;

/** Tells what a load has where a property wants something, for people. */
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
            case BpfLicense wanted -> license(program.license());
            case BpfGplCompatible wanted -> license(program.license());
            case BpfProgType wanted -> program.type().label();
            case BpfAttachType wanted -> attachType(program.attachType());
            case BpfName wanted -> program.name().isEmpty() ? "no name" : program.name();
            case BpfDigest wanted -> digest(program.digest());
            case BpfClientUid wanted -> client == null ? "no process" : Long.toString(client.uid());
            case BpfClientExe wanted -> client == null ? "no process" : "another file";
            case BpfClientUnit wanted ->
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
