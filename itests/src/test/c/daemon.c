/*
 * Ends at once and leaves a daemon in a session of its own. The daemon waits for the file argv[1], then loads a program and writes
 * to the file argv[2] whether that went well: "loaded" or the error number.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int load(void)
{
	static struct bpf_insn code[2] = {{.code = 0xb7, .imm = 1}, {.code = 0x95}};
	union bpf_attr attr;
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.insn_cnt = 2;
	attr.insns = (uintptr_t)code;
	attr.license = (uintptr_t)"GPL";
	return syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
}

static void work(const char *go, const char *result)
{
	char draft[4096];
	/* A minute and no longer, so that a failed test leaves nothing behind. */
	for (int i = 0; i < 6000 && access(go, F_OK) != 0; i++)
		usleep(10000);
	int fd = load();
	int error = errno;
	snprintf(draft, sizeof(draft), "%s.draft", result);
	FILE *file = fopen(draft, "w");
	if (fd >= 0)
		fputs("loaded", file);
	else
		fprintf(file, "error %d", error);
	fclose(file);
	rename(draft, result);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 99;
	if (fork() > 0)
		return 3;
	setsid();
	if (fork() == 0)
		work(argv[1], argv[2]);
	return 0;
}
