/*
 * A BPF file system that delegates to a user namespace, and a client that makes a token of it. Exits with 0 for success, else with
 * the error number; 99 when a promise is broken.
 *
 *   token enter DIR CMD...   runs CMD in a new user namespace with the file system at DIR; takes root
 *   token load|map DIR       makes a token of the file system at DIR, and uses it
 *   token bare-load|bare-map DIR   gives all capabilities up before the token is used
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/mount.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ATTR_SIZE 168
#define TOKEN_CREATE 36
#define TOKEN_FLAG (1U << 16)

static union {
	union bpf_attr known;
	uint32_t words[ATTR_SIZE / 4];
} whole;

static int bpf(int command)
{
	return syscall(SYS_bpf, command, &whole, ATTR_SIZE);
}

static int need(int result)
{
	if (result < 0)
		exit(errno);
	return result;
}

static void write_file(int pid, const char *name, const char *text)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	int fd = need(open(path, O_WRONLY));
	need(write(fd, text, strlen(text)));
	close(fd);
}

static void delegate(int fs, const char *what)
{
	need(syscall(SYS_fsconfig, fs, 1 /* FSCONFIG_SET_STRING */, what, "any", 0));
}

/* Only who has CAP_SYS_ADMIN outside may delegate; the file system belongs to the namespace that opened it. */
static int enter(const char *directory, char **command)
{
	int up[2], down[2];
	int fs;
	char byte = 0;
	need(pipe(up));
	need(pipe(down));
	int child = need(fork());
	if (child == 0) {
		need(unshare(CLONE_NEWUSER | CLONE_NEWNS));
		fs = need(syscall(SYS_fsopen, "bpf", 0));
		need(write(up[1], &fs, sizeof(fs)));
		need(read(down[0], &byte, 1));
		need(setresgid(0, 0, 0));
		need(setresuid(0, 0, 0));
		int mount = need(syscall(SYS_fsmount, fs, 0, 0));
		need(syscall(SYS_move_mount, mount, "", AT_FDCWD, directory, 4 /* MOVE_MOUNT_F_EMPTY_PATH */));
		close(mount);
		close(fs);
		execvp(command[0], command);
		exit(errno);
	}
	close(up[1]);
	if (read(up[0], &fs, sizeof(fs)) != sizeof(fs))
		return 99;
	write_file(child, "uid_map", "0 0 65536");
	write_file(child, "gid_map", "0 0 65536");
	int pidfd = need(syscall(SYS_pidfd_open, child, 0));
	fs = need(syscall(SYS_pidfd_getfd, pidfd, fs, 0));
	delegate(fs, "delegate_cmds");
	delegate(fs, "delegate_maps");
	delegate(fs, "delegate_progs");
	delegate(fs, "delegate_attachs");
	need(syscall(SYS_fsconfig, fs, 6 /* FSCONFIG_CMD_CREATE */, NULL, NULL, 0));
	need(write(down[1], &byte, 1));
	int status;
	need(waitpid(child, &status, 0));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static void give_up_capabilities(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct none[2] = {{0}};
	need(syscall(SYS_capset, &header, none));
}

static int token(const char *directory)
{
	int fs = need(open(directory, O_DIRECTORY | O_RDONLY | O_CLOEXEC));
	memset(&whole, 0, sizeof(whole));
	whole.words[1] = fs;
	return need(bpf(TOKEN_CREATE));
}

/* Takes CAP_NET_ADMIN and CAP_BPF of who has no token. */
static int load(int token)
{
	static struct bpf_insn code[2] = {{.code = 0xb7, .imm = 2}, {.code = 0x95}};
	memset(&whole, 0, sizeof(whole));
	whole.known.prog_type = BPF_PROG_TYPE_XDP;
	whole.known.insn_cnt = 2;
	whole.known.insns = (uintptr_t)code;
	whole.known.license = (uintptr_t)"GPL";
	whole.known.prog_flags = TOKEN_FLAG;
	whole.words[36] = token;
	return need(bpf(BPF_PROG_LOAD));
}

/* Takes CAP_BPF. */
static int map(int token)
{
	memset(&whole, 0, sizeof(whole));
	whole.known.map_type = BPF_MAP_TYPE_QUEUE;
	whole.known.value_size = 8;
	whole.known.max_entries = 3;
	whole.known.map_flags = TOKEN_FLAG;
	whole.words[19] = token;
	return need(bpf(BPF_MAP_CREATE));
}

int main(int argc, char **argv)
{
	if (argc > 3 && !strcmp(argv[1], "enter"))
		return enter(argv[2], argv + 3);
	if (argc != 3)
		return 99;
	const char *what = argv[1];
	int made;
	if (!strncmp(what, "no-token", 8))
		made = 1;
	else if (!strncmp(what, "no-fd", 5))
		made = 1234;
	else if (!strncmp(what, "minus", 5))
		made = -1;
	else
		made = token(argv[2]);
	if (!strncmp(what, "bare-", 5)) {
		give_up_capabilities();
		what += 5;
	}
	int fd = strstr(what, "map") ? map(made) : load(made);
	return fcntl(fd, F_GETFD) & FD_CLOEXEC ? 0 : 99;
}
