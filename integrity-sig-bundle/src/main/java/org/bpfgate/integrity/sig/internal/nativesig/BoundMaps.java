package org.bpfgate.integrity.sig.internal.nativesig;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.sig.internal.pkcs7.Content;
import org.bpfgate.integrity.sig.internal.pkcs7.Outcome;
import org.bpfgate.integrity.sig.internal.pkcs7.ReasonCode;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.UsedMap;

/** The maps that a load binds by {@code fd_array}, as the contract {@code metadata} sees them. Used for one load. */
final class BoundMaps {
    /** {@code BPF_MAP_TYPE_ARRAY} of {@code include/uapi/linux/bpf.h}. */
    private static final int ARRAY = 2;

    /** The kernel documents a limit of about 16 MiB for signed data. */
    private static final int MAX_CONTENT = 16 << 20;

    private final List<UsedMap> bound = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    BoundMaps(List<UsedMap> used) {
        for (UsedMap map : used) {
            if (map.isBound()) {
                bound.add(map);
            }
        }
    }

    boolean isEmpty() {
        return bound.isEmpty();
    }

    int count() {
        return bound.size();
    }

    /** Returns how many of them nobody but the program itself can write to. */
    int immutable() {
        int count = 0;
        for (UsedMap map : bound) {
            count += map.isImmutable() ? 1 : 0;
        }
        return count;
    }

    /** Requires of every bound map what the kernel requires, and reads its contents. */
    Outcome read(Instructions instructions) {
        long size = instructions.size();
        for (UsedMap map : bound) {
            Outcome outcome = check(map);
            if (!outcome.isPassed()) {
                return outcome;
            }
            Optional<byte[]> values = map.contents();
            if (values.isEmpty()) {
                return failed(Errno.EFAULT, ReasonCode.UNHASHABLE_MAP, "the contents of a bound map cannot be read");
            }
            size += values.get().length;
            if (size > MAX_CONTENT) {
                return failed(Errno.E2BIG, ReasonCode.UNHASHABLE_MAP, "the bound maps have more than 16 MiB");
            }
            contents.add(values.get());
        }
        return Outcome.PASSED;
    }

    private static Outcome check(UsedMap map) {
        if (!map.isFrozen()) {
            return failed(Errno.EPERM, ReasonCode.UNFROZEN_MAP, "a bound map is not frozen");
        }
        if (!map.isExclusive()) {
            return failed(Errno.EPERM, ReasonCode.SHARED_MAP, "a bound map is not exclusive to the program");
        }
        if (map.type() != ARRAY) {
            return failed(
                    Errno.EINVAL, ReasonCode.UNHASHABLE_MAP, "a bound map is of type " + map.type() + ", no array");
        }
        return Outcome.PASSED;
    }

    private static Outcome failed(Errno errno, ReasonCode code, String reason) {
        return Outcome.failed(errno, code, reason);
    }

    /** Returns what is signed, after {@link #read} passed. */
    Content with(Instructions instructions) {
        return Content.of(instructions, contents);
    }
}
