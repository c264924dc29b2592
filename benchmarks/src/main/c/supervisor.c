/*
 * The least that mediates the BPF_PROG_LOAD of a command, in C, as a measure for the gate. It decides nothing.
 * usage: supervisor COMMAND [ARGUMENT]...
 *
 * The steps are those of the gate: seccomp user notification, one copy of attributes, instructions and licence, whether the
 * client still waits, BPF_PROG_LOAD from the copy, and the descriptor handed over with the answer. It knows only programs that
 * name no descriptors, takes no digest, and does not look at the client's rights.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#define SLOT 8
#define MAX_INSTRUCTIONS 4096
#define LICENSE_SIZE 128
#define KNOWN_SIZE sizeof(union bpf_attr)
/* Linux 6.6; the headers here may be older. */
#define SET_FLAGS _IOW('!', 4, uint64_t)
#define SYNC_WAKE_UP 1UL

static void die(const char *what)
{
	perror(what);
	exit(1);
}

/* Puts the calling process under the filter; returns the listener. The client of the comparison has one way into the kernel. */
static int listen_to_loads(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_bpf, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, BPF_PROG_LOAD, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(filter) / sizeof(*filter), filter};

	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* Starts the command; its listener arrives in the table of descriptors, which both share until the command is executed. */
static pid_t start(char **words, int *listener)
{
	int channel[2];
	pid_t child;

	if (pipe2(channel, O_CLOEXEC))
		die("pipe2");
	child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
	if (child == 0) {
		int made = listen_to_loads();

		if (write(channel[1], &made, sizeof(made)) == sizeof(made) && made >= 0)
			execvp(words[0], words);
		_exit(127);
	}
	if (child < 0 || read(channel[0], listener, sizeof(*listener)) != sizeof(*listener) || *listener < 0)
		die("the filter cannot be installed");
	return child;
}

static int copy(pid_t from, uint64_t address, void *to, size_t size)
{
	struct iovec own = {to, size}, theirs = {(void *)(uintptr_t)address, size};

	return process_vm_readv(from, &own, 1, &theirs, 1, 0) == (ssize_t)size ? 0 : -1;
}

/* Returns the descriptor of a load from copies, or -1 with errno. */
static int load(const struct seccomp_notif *request)
{
	static unsigned char code[MAX_INSTRUCTIONS * SLOT];
	static char license[LICENSE_SIZE];
	static unsigned char bytes[4096];
	union bpf_attr *attr = (union bpf_attr *)bytes;

	memset(bytes, 0, sizeof(bytes));
	errno = EFAULT;
	if (request->data.args[2] > sizeof(bytes) || copy(request->pid, request->data.args[1], bytes, request->data.args[2]))
		return -1;
	if (attr->insn_cnt > MAX_INSTRUCTIONS || copy(request->pid, attr->insns, code, attr->insn_cnt * SLOT) ||
	    copy(request->pid, attr->license, license, 4))
		return -1;
	attr->insns = (uintptr_t)code;
	attr->license = (uintptr_t)license;
	return syscall(SYS_bpf, BPF_PROG_LOAD, attr, KNOWN_SIZE);
}

static void answer(int listener, uint64_t id, int fd)
{
	struct seccomp_notif_resp failure = {.id = id, .error = -errno};
	struct seccomp_notif_addfd success = {
		.id = id, .flags = SECCOMP_ADDFD_FLAG_SEND, .srcfd = fd, .newfd_flags = O_CLOEXEC};

	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id))
		return;
	if (fd < 0)
		ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &failure);
	else
		ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &success);
}

static void mediate(int listener)
{
	static union {
		struct seccomp_notif known;
		unsigned char room[512];
	} request;

	for (;;) {
		int fd;

		memset(&request, 0, sizeof(request));
		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &request)) {
			if (errno == EINTR)
				continue;
			return;
		}
		fd = load(&request.known);
		answer(listener, request.known.id, fd);
		if (fd >= 0)
			close(fd);
	}
}

static volatile pid_t command;

/* Nobody is left to ask: the listener does not end a wait by itself on every kernel, so the end of the command does. */
static void ended(int unused)
{
	int status;

	(void)unused;
	if (waitpid(command, &status, WNOHANG) == command)
		_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

int main(int argc, char **argv)
{
	int listener;
	int status;

	if (argc < 2) {
		fprintf(stderr, "usage: supervisor COMMAND [ARGUMENT]...\n");
		return 1;
	}
	command = start(argv + 1, &listener);
	signal(SIGCHLD, ended);
	ended(SIGCHLD);
	ioctl(listener, SET_FLAGS, SYNC_WAKE_UP);
	mediate(listener);
	waitpid(command, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
