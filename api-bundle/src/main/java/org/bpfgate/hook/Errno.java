package org.bpfgate.hook;

import java.util.Optional;

/**
 * The error numbers that hooks return, as in {@code include/uapi/asm-generic/errno-base.h} and {@code errno.h}; the same on
 * x86-64 and aarch64.
 */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    EIO(5),
    E2BIG(7),
    EBADF(9),
    ENOMEM(12),
    EACCES(13),
    EFAULT(14),
    EBUSY(16),
    EEXIST(17),
    EINVAL(22),
    ERANGE(34),
    ENAMETOOLONG(36),
    ENODATA(61),
    ENOPKG(65),
    EBADMSG(74),
    EOPNOTSUPP(95),
    ETIMEDOUT(110),
    ESTALE(116),
    ENOKEY(126),
    EKEYEXPIRED(127),
    EKEYREVOKED(128),
    EKEYREJECTED(129);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** Returns the positive number, as {@code errno} holds it. */
    public int number() {
        return number;
    }

    /**
     * Finds an error by its number.
     *
     * @param number the positive number
     * @return the error, or empty when hooks have no use for that number
     */
    public static Optional<Errno> byNumber(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return Optional.of(errno);
            }
        }
        return Optional.empty();
    }
}
