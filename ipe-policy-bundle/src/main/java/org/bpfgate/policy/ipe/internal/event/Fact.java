package org.bpfgate.policy.ipe.internal.event;

import org.bpfgate.policy.ipe.internal.bpf.Licenses;
import org.bpfgate.program.LoadClient;
import org.jspecify.annotations.Nullable;

/** The attributes that every event has. */
public enum Fact implements EventAttribute {
    INITRAMFS,
    VOLUME_SIGNED,
    ROOT_HASH,
    FILE_SIGNED,
    FILE_DIGEST,
    KEYRING,
    KERNEL,
    PROBE,
    TRIAL,
    MAPS_IMMUTABLE,
    SIGNER,
    AUTHORITY,
    LOADER_VERDICT,
    LOADER_KEYRING,
    LICENSE,
    GPL_COMPATIBLE,
    PROGRAM_TYPE,
    ATTACH_TYPE,
    PROGRAM_NAME,
    CLIENT_UID,
    PROGRAM_DIGEST,
    CLIENT_UNIT,
    CLIENT_EXECUTABLE;

    @Override
    public @Nullable Object value(EvaluationContext event, int n) {
        if (this == SIGNER) {
            return event.signer(n);
        }
        if (this == AUTHORITY) {
            return event.authority(n);
        }
        return n == 0 ? onlyValue(event) : null;
    }

    /** A digest is computed over the program, and a process is looked at, when first asked for. */
    @Override
    public boolean isCostly() {
        return this == PROGRAM_DIGEST || this == CLIENT_UNIT || this == CLIENT_EXECUTABLE;
    }

    private @Nullable Object onlyValue(EvaluationContext event) {
        return switch (this) {
            case INITRAMFS -> event.initramfs();
            case VOLUME_SIGNED, ROOT_HASH -> of(event.blockDevice());
            case FILE_SIGNED, FILE_DIGEST -> of(event.fsVerity());
            case KEYRING -> Keyring.byId(event.keyringId());
            case KERNEL -> event.kernel();
            case PROBE -> event.probe();
            case TRIAL -> event.trial();
            case MAPS_IMMUTABLE -> event.mapsImmutable();
            case SIGNER -> event.signer(0);
            case AUTHORITY -> event.authority(0);
            case LOADER_VERDICT -> event.loaderVerdict();
            case LOADER_KEYRING -> event.isSigned() ? Keyring.byId(event.keyringId()) : null;
            case LICENSE, GPL_COMPATIBLE -> ofLicense(event.program());
            case PROGRAM_TYPE, ATTACH_TYPE, PROGRAM_NAME, PROGRAM_DIGEST -> of(event.program());
            case CLIENT_UID, CLIENT_UNIT, CLIENT_EXECUTABLE -> of(event.client());
        };
    }

    private @Nullable Object ofLicense(@Nullable LoadedProgram program) {
        String license = program == null ? null : program.license();
        if (license == null) {
            return null;
        }
        return this == LICENSE ? license.replace(' ', '_') : (Object) Licenses.isGplCompatible(license);
    }

    private @Nullable Object of(@Nullable BlockDevice device) {
        if (this == VOLUME_SIGNED) {
            return device != null && device.signed();
        }
        return device == null ? null : device.rootHash();
    }

    private @Nullable Object of(@Nullable FsVerity file) {
        if (this == FILE_SIGNED) {
            return file != null && file.signed();
        }
        return file == null ? null : file.digest();
    }

    private @Nullable Object of(@Nullable LoadedProgram program) {
        if (program == null) {
            return null;
        }
        return switch (this) {
            case PROGRAM_TYPE -> program.type();
            case ATTACH_TYPE -> program.attachType();
            case PROGRAM_NAME -> program.name();
            default -> program.digest();
        };
    }

    private @Nullable Object of(@Nullable LoadClient client) {
        if (client == null) {
            return null;
        }
        return switch (this) {
            case CLIENT_UID -> client.uid();
            case CLIENT_UNIT -> client.unit().orElse(null);
            default -> client.executableSha256().orElse(null);
        };
    }
}
