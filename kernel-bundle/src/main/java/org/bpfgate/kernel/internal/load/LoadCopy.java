package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.probe.InertProgram;
import org.bpfgate.kernel.internal.request.AttrCopy;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.mediation.KernelRefusal;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a {@code BPF_PROG_LOAD} consists of, copied once out of the client's memory: what is decided on is what is
 * loaded, whatever the client writes meanwhile. The pointers in {@link #attr()} point to the copies. For one thread, and for as
 * long as its scope is open.
 */
public final class LoadCopy {
    /** {@code BPF_COMPLEXITY_LIMIT_INSNS} of {@code include/linux/bpf.h}: more instructions are refused to everybody. */
    private static final int MOST_INSTRUCTIONS = 1_000_000;

    /** {@code license} in {@code bpf_prog_load()} has 128 bytes; what is longer is cut. */
    private static final int LICENSE_SIZE = 128;

    /** {@code MAX_FUNCINFO_REC_SIZE} of the verifier, its limit for all three kinds of record. */
    private static final int MOST_RECORD = 252;

    /** {@code KMALLOC_MAX_CACHE_SIZE}, two pages: longer signatures are refused. */
    private static final int MOST_SIGNATURE = 8192;

    /** All records together, so that no client makes the gate take more: more than 16 bytes for each of a million instructions. */
    private static final long MOST_RECORDS_TOGETHER = 48L << 20;

    /**
     * How often the instructions lie in memory while a load is mediated: as read, as an array, as the modules see them, twice with our
     * descriptors in them, normalised for the digest, and as the two verifiers of signatures take them.
     */
    private static final int COPIES = 8;

    private final ClientMemory memory;
    private final NativeScope scope;
    private final NativeBuffer attr;
    /** What says where a program is attached, and what its functions are there. */
    private static final int[] OF_A_TARGET = {
        EXPECTED_ATTACH_TYPE, PROG_BTF_FD, FUNC_INFO_CNT, ATTACH_BTF_ID, ATTACH_PROG_FD
    };

    private final NativeBuffer original;
    private final int size;
    private final byte[] instructions;
    private final String license;
    private final byte @Nullable [] signature;
    private long recordBytes;
    private byte @Nullable [] loaded;

    private LoadCopy(ClientMemory memory, NativeScope scope, int size, byte[] known) throws SyscallException {
        this.memory = memory;
        this.scope = scope;
        this.size = size;
        original = scope.allocate(SIZE);
        attr = scope.allocate(SIZE);
        original.put(0, known);
        attr.put(0, known);
        requireKnownFlags();
        instructions = readInstructions();
        license = readLicense();
        readRecords(FUNC_INFO, FUNC_INFO_CNT, FUNC_INFO_REC_SIZE);
        readRecords(LINE_INFO, LINE_INFO_CNT, LINE_INFO_REC_SIZE);
        readRecords(CORE_RELOS, CORE_RELO_CNT, CORE_RELO_REC_SIZE);
        signature = readSignature();
    }

    /**
     * Copies a request.
     *
     * @param scope holds the copies
     * @param known the attributes, as {@link AttrCopy} read them
     * @throws SyscallException with the error that the kernel gives for such a request: {@code E2BIG}, {@code EFAULT},
     *     {@code EINVAL}
     */
    static LoadCopy of(ClientMemory memory, NativeScope scope, Notification request, byte[] known)
            throws SyscallException {
        return new LoadCopy(memory, scope, request.size(), known);
    }

    /** Returns how many bytes the mediation of a load takes at most; what is beyond the kernel's limits is refused before it is copied. */
    public static long bytesFor(byte[] attr) {
        ByteBuffer fields = ByteBuffer.wrap(attr).order(ByteOrder.nativeOrder());
        long code = Math.min(fields.getInt(INSN_CNT) & 0xffffffffL, MOST_INSTRUCTIONS) * Instructions.SLOT_SIZE;
        long records = records(fields, FUNC_INFO_CNT, FUNC_INFO_REC_SIZE)
                + records(fields, LINE_INFO_CNT, LINE_INFO_REC_SIZE)
                + records(fields, CORE_RELO_CNT, CORE_RELO_REC_SIZE);
        long log = fields.getLong(LOG_BUF) == 0 ? 0 : VerifierLog.bytesFor(fields.getInt(LOG_SIZE));
        return code * COPIES + Math.min(records, MOST_RECORDS_TOGETHER) + log;
    }

    /** Returns what the attributes ask for. */
    static KernelRefusal.Asked asked(byte[] attr) {
        ByteBuffer fields = ByteBuffer.wrap(attr).order(ByteOrder.nativeOrder());
        return new KernelRefusal.Asked(
                fields.getInt(PROG_TYPE), fields.getInt(INSN_CNT) & 0xffffffffL, fields.getInt(PROG_IFINDEX));
    }

    private static long records(ByteBuffer fields, int counter, int recordSize) {
        long count = Math.min(fields.getInt(counter) & 0xffffffffL, MOST_INSTRUCTIONS);
        return count * Math.min(fields.getInt(recordSize) & 0xffffffffL, MOST_RECORD);
    }

    /** A bit that a newer kernel knows could change what runs, and nobody here would have judged it. */
    private void requireKnownFlags() throws SyscallException {
        int unknown = LoadFlag.unknownBits(original.getInt(PROG_FLAGS));
        if (unknown != 0) {
            String what = "bpf(PROG_LOAD) with bits of prog_flags that this version does not know: 0x";
            throw new SyscallException(what + Integer.toHexString(unknown), Errnos.EINVAL, size);
        }
    }

    private byte[] readInstructions() throws SyscallException {
        int count = original.getInt(INSN_CNT);
        if (count <= 0 || count > MOST_INSTRUCTIONS) {
            throw refused(Errnos.E2BIG);
        }
        NativeBuffer code = copy(INSNS, (long) count * Instructions.SLOT_SIZE);
        return code.getBytes(0, count * Instructions.SLOT_SIZE);
    }

    private String readLicense() throws SyscallException {
        NativeBuffer text = scope.allocate(LICENSE_SIZE);
        text.put(0, memory.readText(original.getLong(LICENSE), LICENSE_SIZE - 1));
        attr.putLong(LICENSE, text.address());
        return text.getText(0, LICENSE_SIZE);
    }

    /** No program has more records of a kind than instructions; the kernel refuses more with the same error. */
    private void readRecords(int pointer, int counter, int recordSize) throws SyscallException {
        long count = original.getInt(counter) & 0xffffffffL;
        long each = original.getInt(recordSize) & 0xffffffffL;
        if (count == 0) {
            return;
        }
        recordBytes += count * each;
        if (count > MOST_INSTRUCTIONS || each > MOST_RECORD || recordBytes > MOST_RECORDS_TOGETHER) {
            throw refused(Errnos.EINVAL);
        }
        if (recordBytes > 0) {
            copy(pointer, count * each);
        }
    }

    private byte @Nullable [] readSignature() throws SyscallException {
        if (original.getLong(SIGNATURE) == 0) {
            return null;
        }
        int length = original.getInt(SIGNATURE_SIZE);
        if (length < 0 || length > MOST_SIGNATURE) {
            throw refused(Errnos.EINVAL);
        }
        return memory.read(original.getLong(SIGNATURE), length);
    }

    /** Copies what a pointer of the attributes points to, and lets our attributes point to the copy. */
    private NativeBuffer copy(int pointer, long bytes) throws SyscallException {
        NativeBuffer copy = scope.allocate(Math.max(1, bytes));
        memory.read(original.getLong(pointer), copy, bytes);
        attr.putLong(pointer, copy.address());
        return copy;
    }

    private SyscallException refused(int errno) {
        return new SyscallException("bpf(PROG_LOAD)", errno, size);
    }

    /**
     * Makes our attributes those of the inert program that is handed over for this one: the same type, name, licence, flags and target,
     * without a log. A single record of a function is kept, because another program may refer to it. Where no program of the type is
     * inert, it is one of another type and has no target.
     */
    void becomeInert(ProgramType asked, int attachType) {
        ProgramType type = InertProgram.typeFor(asked);
        byte[] code = InertProgram.of(type, type == asked ? attachType : 0);
        if (type != asked) {
            attr.putInt(PROG_TYPE, type.number());
            attr.putInt(PROG_FLAGS, original.getInt(PROG_FLAGS) & TOKEN_FD_FLAG);
            for (int field : OF_A_TARGET) {
                attr.putInt(field, 0);
            }
        }
        attr.putLong(INSNS, scope.copyOf(code).address());
        attr.putInt(INSN_CNT, code.length / Instructions.SLOT_SIZE);
        attr.putLong(FD_ARRAY, 0);
        attr.putInt(LINE_INFO_CNT, 0);
        if (original.getInt(FUNC_INFO_CNT) != 1) {
            attr.putInt(FUNC_INFO_CNT, 0);
        }
        attr.putLong(LOG_BUF, 0);
        attr.putInt(LOG_SIZE, 0);
        attr.putInt(LOG_LEVEL, 0);
    }

    /** Returns our attributes, {@value ProgLoadAttr#SIZE} bytes, to be completed and given to the kernel. */
    NativeBuffer attr() {
        return attr;
    }

    /** Returns the attributes as the client wrote them, {@value ProgLoadAttr#SIZE} bytes. */
    NativeBuffer original() {
        return original;
    }

    /** Returns how many bytes of attributes the client gave. */
    int size() {
        return size;
    }

    /** Returns the instructions as the client wrote them. */
    byte[] instructions() {
        return instructions;
    }

    /**
     * Lets our attributes point to other instructions.
     *
     * @param code what the kernel is given; not to be changed any more
     * @param sameDigest whether the kernel gives it the same tag: only descriptors of maps differ
     */
    void replaceInstructions(byte[] code, boolean sameDigest) {
        attr.putLong(INSNS, scope.copyOf(code).address());
        loaded = sameDigest ? null : code;
    }

    /** Returns the instructions that the kernel is given when it gives them another tag than the client's. */
    Optional<byte[]> loadedOtherwise() {
        return Optional.ofNullable(loaded);
    }

    /** Returns the licence, cut as the kernel cuts it. */
    String license() {
        return license;
    }

    /** Returns the signature; empty when there is none. */
    Optional<byte[]> signature() {
        return Optional.ofNullable(signature);
    }
}
