package org.bpfgate.kernel.internal.syscall;

import java.util.Arrays;

/** Names of error numbers: {@code include/uapi/asm-generic/errno-base.h} and {@code errno.h}, the same on x86-64 and aarch64. */
public final class Errnos {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int EPIPE = 32;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ELOOP = 40;

    public static final int ECONNABORTED = 103;
    public static final int ECONNRESET = 104;
    public static final int ENOBUFS = 105;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    public static final int ESTALE = 116;

    /** {@code ENOTSUPP} of {@code include/linux/errno.h}, which bpf(2) lets out to user space. */
    private static final int ENOTSUPP = 524;

    /** By number from 0; {@code -} is a number without a name. */
    private static final String[] NAMES = (""
                    + "- EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG "
                    + "ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK "
                    + "EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE "
                    + "EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK "
                    + "EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY "
                    + "ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST "
                    + "ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO "
                    + "EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR "
                    + "ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO "
                    + "EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC "
                    + "ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS "
                    + "ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP "
                    + "EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED "
                    + "ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED "
                    + "EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL "
                    + "EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED "
                    + "EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL -")
            .split(" ");

    private Errnos() {}

    /**
     * Returns the number that {@link #name} names.
     *
     * @throws IllegalArgumentException when it names none
     */
    public static int number(String name) {
        if (name.equals("ENOTSUPP")) {
            return ENOTSUPP;
        }
        int number = Arrays.asList(NAMES).indexOf(name);
        return number > 0 ? number : Integer.parseInt(name.substring(name.lastIndexOf(' ') + 1));
    }

    /** Returns the kernel's spelling; {@code errno N} for a number without one. */
    public static String name(int errno) {
        if (errno == ENOTSUPP) {
            return "ENOTSUPP";
        }
        boolean known = errno > 0 && errno < NAMES.length && NAMES[errno].length() > 1;
        return known ? NAMES[errno] : "errno " + errno;
    }
}
