package org.bpfgate.policy.ipe.internal.policy;

import org.bpfgate.policy.ipe.internal.event.BlockDevice;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.bpfgate.policy.ipe.internal.event.FsVerity;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.jspecify.annotations.Nullable;

/** An event about a file, or about memory without one, as a kernel raises it. */
record FileEvent(
        @Nullable Op op,
        boolean initramfs,
        @Nullable BlockDevice blockDevice,
        @Nullable FsVerity fsVerity) implements EvaluationContext {
    static FileEvent plain(@Nullable Op op) {
        return new FileEvent(op, false, null, null);
    }

    FileEvent onInitramfs() {
        return new FileEvent(op, true, blockDevice, fsVerity);
    }

    FileEvent onVolume(String algorithm, String rootHash, boolean signed) {
        return new FileEvent(op, initramfs, new BlockDevice(new FileDigest(algorithm, rootHash), signed), fsVerity);
    }

    FileEvent withFsVerity(String algorithm, String digest, boolean signed) {
        return new FileEvent(op, initramfs, blockDevice, new FsVerity(new FileDigest(algorithm, digest), signed));
    }
}
