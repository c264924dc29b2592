/*
 * attach SOCKET COUNT: makes COUNT processes that each put a filter on themselves, which notifies of every bpf(2), and hand its listener
 * over. Prints "attached" when all are taken. When standard input ends, each process asks for a load, and what it got is counted:
 * prints "errno N: M" for each.
 *
 * attach SOCKET again: a process asks for a load at once. When standard input ends, the listener is handed over again, and what the
 * process got is printed: "errno N".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *path;

static void fail(const char *what)
{
	perror(what);
	exit(99);
}

static int connected(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		fail("socket");
	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		fail("connect");
	return fd;
}

static int line_has(int fd, const char *word)
{
	static char line[65536];
	size_t length = 0;
	while (length < sizeof(line) - 1 && read(fd, line + length, 1) == 1 && line[length] != '\n')
		length++;
	line[length] = 0;
	if (!strstr(line, word))
		fprintf(stderr, "%s\n", line);
	return strstr(line, word) != NULL;
}

static int filtered(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_bpf, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {.len = 4, .filter = code};
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void offer_to(int fd, int listener, int number)
{
	char offer[100];
	int length = snprintf(offer, sizeof(offer), "{\"version\":1,\"command\":[\"attach\",\"%d\"]}\n", number);
	struct iovec part = {offer, length};
	char control[CMSG_SPACE(sizeof(int))] = {0};
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control)};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &listener, sizeof(int));
	if (sendmsg(fd, &message, MSG_NOSIGNAL) != length)
		fail("sendmsg");
	if (!line_has(fd, "taken"))
		exit(97);
	close(fd);
}

static int greeted(void)
{
	int fd = connected();
	if (!line_has(fd, "notify"))
		exit(98);
	return fd;
}

static int hand_over(int number)
{
	int fd = greeted();
	int listener = filtered();
	if (listener < 0)
		fail("seccomp");
	offer_to(fd, listener, number);
	return listener;
}

static int load(void)
{
	struct bpf_insn code[] = {{.code = 0xb7}, {.code = 0x95}};
	union bpf_attr attr;
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.insn_cnt = 2;
	attr.insns = (uintptr_t)code;
	attr.license = (uintptr_t) "GPL";
	return syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr)) < 0 ? errno : 0;
}

static int again(void)
{
	int listener = hand_over(1);
	pid_t child = fork();
	char byte;
	int status;
	if (child == 0)
		_exit(load());
	puts("attached");
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	offer_to(greeted(), listener, 2);
	close(listener);
	waitpid(child, &status, 0);
	printf("errno %d\n", WEXITSTATUS(status));
	return 0;
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[2]) : 1;
	int ready[2];
	int got[256] = {0};
	char byte;
	path = argv[1];
	if (argc > 2 && strcmp(argv[2], "again") == 0)
		return again();
	if (pipe(ready) != 0)
		fail("pipe");
	for (int i = 0; i < count; i++) {
		pid_t child = fork();
		if (child < 0)
			fail("fork");
		if (child == 0) {
			close(hand_over(i));
			if (write(ready[1], "x", 1) != 1)
				fail("write");
			close(ready[1]);
			while (read(0, &byte, 1) > 0)
				;
			_exit(load());
		}
	}
	close(ready[1]);
	for (int i = 0; i < count; i++)
		if (read(ready[0], &byte, 1) != 1)
			fail("a child did not attach");
	puts("attached");
	fflush(stdout);
	for (int i = 0; i < count; i++) {
		int status;
		wait(&status);
		got[WIFEXITED(status) ? WEXITSTATUS(status) : 255]++;
	}
	for (int i = 0; i < 256; i++)
		if (got[i])
			printf("errno %d: %d\n", i, got[i]);
	return 0;
}
