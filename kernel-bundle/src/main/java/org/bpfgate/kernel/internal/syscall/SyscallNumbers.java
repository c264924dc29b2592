package org.bpfgate.kernel.internal.syscall;

/**
 * The numbers of the system calls that the gate makes, in the order of the tables in {@link Architecture}.
 *
 * @param bpf bpf(2)
 * @param seccomp seccomp(2)
 * @param pidfdOpen pidfd_open(2)
 * @param pidfdGetfd pidfd_getfd(2)
 * @param ioctl ioctl(2)
 * @param prctl prctl(2)
 * @param capget capget(2)
 * @param capset capset(2)
 * @param wait4 wait4(2)
 * @param kill kill(2)
 * @param rtSigprocmask rt_sigprocmask(2)
 * @param gettid gettid(2)
 * @param closeRange close_range(2)
 * @param mmap mmap(2)
 * @param munmap munmap(2)
 * @param rtSigaction rt_sigaction(2)
 * @param close close(2)
 * @param openat openat(2)
 * @param read read(2)
 * @param readlinkat readlinkat(2)
 * @param getpgid getpgid(2)
 * @param unshare unshare(2)
 * @param fchdir fchdir(2)
 * @param chroot chroot(2)
 * @param setfsuid setfsuid(2)
 * @param setfsgid setfsgid(2)
 * @param setgroups setgroups(2), the system call, which is about the calling thread only
 * @param statx statx(2)
 * @param pread pread(2)
 * @param pwrite pwrite(2)
 * @param dup3 dup3(2)
 * @param setns setns(2)
 * @param mount mount(2)
 * @param pipe2 pipe2(2)
 * @param prlimit prlimit(2)
 * @param fcntl fcntl(2)
 * @param ppoll ppoll(2)
 * @param openat2 openat2(2)
 * @param umount2 umount2(2)
 * @param fstatfs fstatfs(2)
 * @param tgkill tgkill(2)
 * @param kcmp kcmp(2)
 * @param execve execve(2)
 */
public record SyscallNumbers(
        int bpf,
        int seccomp,
        int pidfdOpen,
        int pidfdGetfd,
        int ioctl,
        int prctl,
        int capget,
        int capset,
        int wait4,
        int kill,
        int rtSigprocmask,
        int gettid,
        int closeRange,
        int mmap,
        int munmap,
        int rtSigaction,
        int close,
        int openat,
        int read,
        int readlinkat,
        int getpgid,
        int unshare,
        int fchdir,
        int chroot,
        int setfsuid,
        int setfsgid,
        int setgroups,
        int statx,
        int pread,
        int pwrite,
        int dup3,
        int setns,
        int mount,
        int pipe2,
        int prlimit,
        int fcntl,
        int ppoll,
        int openat2,
        int umount2,
        int fstatfs,
        int tgkill,
        int kcmp,
        int execve) {
    /**
     * The numbers of the system calls about sockets.
     *
     * @param socket socket(2)
     * @param bind bind(2)
     * @param listen listen(2)
     * @param accept4 accept4(2)
     * @param connect connect(2)
     * @param sendmsg sendmsg(2)
     * @param recvmsg recvmsg(2)
     * @param shutdown shutdown(2)
     * @param getsockopt getsockopt(2)
     * @param setsockopt setsockopt(2)
     */
    record OfSockets(
            int socket,
            int bind,
            int listen,
            int accept4,
            int connect,
            int sendmsg,
            int recvmsg,
            int shutdown,
            int getsockopt,
            int setsockopt) {}
}
