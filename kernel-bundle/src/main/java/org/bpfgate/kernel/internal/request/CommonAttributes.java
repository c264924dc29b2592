package org.bpfgate.kernel.internal.request;

import static org.bpfgate.kernel.internal.syscall.CommonAttr.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/**
 * The {@code struct bpf_common_attr} of a request, copied once: where the client wants the log of a command. A request without the
 * flag {@code BPF_COMMON_ATTRS} has one in which all is zero.
 *
 * @param request where the client's own is
 * @param fields the copy
 */
public record CommonAttributes(Notification request, ByteBuffer fields) {
    /** {@code UINT_MAX >> 2} of {@code bpf_verifier_log_attr_valid()}. */
    private static final int MOST_LOG = 0x3fffffff;

    /** {@code BPF_LOG_MASK} of {@code include/linux/bpf_verifier.h}: levels 1 and 2, statistics, fixed. */
    private static final int LEVELS = 15;

    /**
     * Copies them.
     *
     * @throws SyscallException with the error that the kernel gives: {@code E2BIG}, {@code EFAULT}
     */
    public static CommonAttributes read(ClientMemory memory, Notification request) throws SyscallException {
        byte[] copy = request.word().hasCommonAttributes()
                ? AttrCopy.read(memory, request.commonAttr(), request.commonSize(), SIZE)
                : new byte[SIZE];
        return new CommonAttributes(request, ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()));
    }

    private long logBuffer() {
        return fields.getLong(LOG_BUF);
    }

    private int logSize() {
        return fields.getInt(LOG_SIZE);
    }

    private int logLevel() {
        return fields.getInt(LOG_LEVEL);
    }

    /** Returns whether the request has common attributes. */
    public boolean areGiven() {
        return request.word().hasCommonAttributes();
    }

    /** Returns where the client wants the log of a command that has no log of its own. */
    public LogBuffer log(ClientMemory memory) {
        return new LogBuffer(memory, logBuffer(), logSize() & 0xffffffffL, logLevel(), trueSize());
    }

    private long trueSize() {
        boolean hasRoom =
                areGiven() && Integer.compareUnsigned(request.commonSize(), LOG_TRUE_SIZE + Integer.BYTES) >= 0;
        return hasRoom ? request.commonAttr() + LOG_TRUE_SIZE : 0;
    }

    /**
     * Decides between the two logs that a load may have, as {@code bpf_log_attr_init()} of Linux 7.2 does: the one in the attributes
     * counts; without it that of the common attributes, which is put into the attributes; two that differ are refused.
     *
     * @param attr the attributes of a load, as {@link AttrCopy} read them
     * @return the client's address for the size of the whole log; 0 for none
     * @throws SyscallException with {@code EINVAL}
     */
    public long mergeLog(byte[] attr) throws SyscallException {
        ByteBuffer load = ByteBuffer.wrap(attr).order(ByteOrder.nativeOrder());
        boolean hasOwn = load.getLong(ProgLoadAttr.LOG_BUF) != 0;
        if (areGiven() && (!isValid() || (hasOwn && logBuffer() != 0 && !isSame(load)))) {
            throw new SyscallException("the logs of a load", Errnos.EINVAL, 0);
        }
        if (hasOwn || logBuffer() == 0) {
            boolean hasRoom = Integer.compareUnsigned(request.size(), ProgLoadAttr.LOG_TRUE_SIZE + Integer.BYTES) >= 0;
            return hasRoom ? request.attr() + ProgLoadAttr.LOG_TRUE_SIZE : 0;
        }
        load.putLong(ProgLoadAttr.LOG_BUF, logBuffer());
        load.putInt(ProgLoadAttr.LOG_SIZE, logSize());
        load.putInt(ProgLoadAttr.LOG_LEVEL, logLevel());
        return trueSize();
    }

    /** {@code bpf_verifier_log_attr_valid()}. */
    private boolean isValid() {
        return (logBuffer() != 0) == (logSize() != 0)
                && (logBuffer() == 0 || logLevel() != 0)
                && (logLevel() & ~LEVELS) == 0
                && Integer.compareUnsigned(logSize(), MOST_LOG) <= 0;
    }

    private boolean isSame(ByteBuffer load) {
        return load.getLong(ProgLoadAttr.LOG_BUF) == logBuffer()
                && load.getInt(ProgLoadAttr.LOG_SIZE) == logSize()
                && load.getInt(ProgLoadAttr.LOG_LEVEL) == logLevel();
    }
}
