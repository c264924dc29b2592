/*
 * Attempts of a command that runs as root to reach the gate: confined ATTEMPT FILE, where the file holds the gate's process id as
 * soon as it is there. Exits with 0 when the gate was reached; with the error number, or 200, when not.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOT_REACHED 200

static int need(int result)
{
	if (result < 0)
		exit(errno);
	return result;
}

static int awaited_pid(const char *file)
{
	int pid = 0;
	while (!pid) {
		FILE *in = fopen(file, "r");
		if (in && fscanf(in, "%d", &pid) != 1)
			pid = 0;
		if (in)
			fclose(in);
		usleep(20000);
	}
	return pid;
}

/* Finds the gate by its name: this process has the same marker on its own command line. */
static int sees_gate(const char *proc, const char *marker)
{
	char path[300], text[65536];
	DIR *directory = opendir(proc);
	struct dirent *entry;
	int seen = 0;
	while (directory && (entry = readdir(directory))) {
		if (atoi(entry->d_name) <= 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s/cmdline", proc, entry->d_name);
		int fd = open(path, O_RDONLY);
		ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof(text));
		close(fd);
		seen |= length > 0 && memmem(text, length, marker, strlen(marker)) &&
			memmem(text, length, "bpfgate.launcher", 16);
	}
	return seen;
}

static int writes(int pid, const char *name)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	need(open(path, O_RDWR));
	return 0;
}

/* Takes mount after mount off /proc; whatever is beneath shows. */
static int uncover(const char *marker)
{
	for (int i = 0; i < 100; i++) {
		if (sees_gate("/proc", marker))
			return 0;
		if (umount2("/proc", MNT_DETACH))
			return NOT_REACHED;
	}
	return NOT_REACHED;
}

static int mount_another(const char *marker)
{
	char place[] = "/tmp/bpfgate-proc-XXXXXX";
	if (!mkdtemp(place))
		return errno;
	need(mount("proc", place, "proc", 0, NULL));
	int seen = sees_gate(place, marker);
	umount2(place, MNT_DETACH);
	rmdir(place);
	return seen ? 0 : NOT_REACHED;
}

/* Looks through all mounts that there are for a procfs with the gate. */
static int other_mounts(const char *marker)
{
	char line[8192], place[4096];
	FILE *mounts = fopen("/proc/self/mountinfo", "r");
	int seen = 0;
	while (mounts && fgets(line, sizeof(line), mounts))
		if (strstr(line, " - proc ") && sscanf(line, "%*s %*s %*s %*s %4095s", place) == 1)
			seen |= sees_gate(place, marker);
	return seen ? 0 : NOT_REACHED;
}

/* Since Linux 6.18 the host's mount namespace, whose number is known, opens by a file handle. */
static int join_by_handle(const char *marker)
{
	struct {
		uint32_t bytes, type;
		uint64_t id;
		uint32_t kind, inode;
	} handle = {16, 0xf1, 0, CLONE_NEWNS, 0xeffffff8};
	for (handle.id = 1; handle.id < 32; handle.id++) {
		int fd = syscall(SYS_open_by_handle_at, -10003 /* FD_NSFS_ROOT */, &handle, O_RDONLY);
		if (fd < 0)
			continue;
		need(setns(fd, CLONE_NEWNS));
		return sees_gate("/proc", marker) ? 0 : NOT_REACHED;
	}
	return NOT_REACHED;
}

/* Since Linux 6.12 a mount namespace has a neighbour. */
static int join_neighbour(const char *marker)
{
	struct {
		uint32_t size, mounts;
		uint64_t id;
	} info = {sizeof(info)};
	int fd = need(open("/proc/self/ns/mnt", O_RDONLY));
	for (;;) {
		fd = need(syscall(SYS_ioctl, fd, _IOC(_IOC_READ, 0xb7, 12, sizeof(info)), &info));
		need(setns(fd, CLONE_NEWNS));
		if (sees_gate("/proc", marker))
			return 0;
	}
}

static int change_limit(int pid)
{
	struct rlimit limit;
	need(prlimit(pid, RLIMIT_FSIZE, NULL, &limit));
	return need(prlimit(pid, RLIMIT_FSIZE, &limit, NULL));
}

static int set_affinity(int pid)
{
	cpu_set_t set;
	need(sched_getaffinity(pid, sizeof(set), &set));
	return need(sched_setaffinity(pid, sizeof(set), &set));
}

/* Holds the first process of the pid namespace, so that it cannot end, and leaves a process behind that the file names. */
static void hold_first(const char *file)
{
	int result = ptrace(PTRACE_SEIZE, 1, 0, 0) || ptrace(PTRACE_INTERRUPT, 1, 0, 0) ? errno : 0;
	if (!result)
		waitpid(1, NULL, __WALL);
	FILE *out = fopen(file, "w");
	fprintf(out, "%d\n", result);
	fclose(out);
	if (fork() == 0)
		setsid();
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 99;
	const char *what = argv[1];
	const char *file = argv[2];
	if (!strcmp(what, "hold-first"))
		hold_first(file);
	int pid = awaited_pid(file);
	if (!strcmp(what, "uncover"))
		return uncover(file);
	if (!strcmp(what, "mount"))
		return mount_another(file);
	if (!strcmp(what, "mounts"))
		return other_mounts(file);
	if (!strcmp(what, "handle"))
		return join_by_handle(file);
	if (!strcmp(what, "neighbour"))
		return join_neighbour(file);
	if (!strcmp(what, "see"))
		return sees_gate("/proc", file) ? 0 : NOT_REACHED;
	if (!strcmp(what, "signal"))
		return need(kill(pid, 0));
	if (!strcmp(what, "pidfd"))
		return need(syscall(SYS_pidfd_open, pid, 0)) < 0;
	if (!strcmp(what, "trace"))
		return need(ptrace(PTRACE_SEIZE, pid, 0, 0));
	if (!strcmp(what, "memory"))
		return writes(pid, "mem");
	if (!strcmp(what, "oom"))
		return writes(pid, "oom_score_adj");
	if (!strcmp(what, "limit"))
		return change_limit(pid);
	if (!strcmp(what, "affinity"))
		return set_affinity(pid);
	if (!strcmp(what, "priority"))
		return need(setpriority(PRIO_PROCESS, pid, 0));
	/* The test looks at the gate for these. */
	if (!strcmp(what, "nice-group"))
		return need(setpriority(PRIO_PGRP, 0, 7));
	if (!strcmp(what, "nice-user"))
		return need(setpriority(PRIO_USER, 0, 7));
	return 99;
}
