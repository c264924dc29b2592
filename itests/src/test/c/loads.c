/*
 * Loads a tiny program again and again, until that fails, and a thousand times more. Writes to the file that it is given: "started" after
 * the first load, and in the end how many loads went well, with which error the first failed, and how many failed in the same way.
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

static void say(const char *path, const char *text)
{
	char draft[4096];
	snprintf(draft, sizeof(draft), "%s.draft", path);
	FILE *file = fopen(draft, "w");
	fputs(text, file);
	fclose(file);
	rename(draft, path);
}

int main(int argc, char **argv)
{
	char text[128];
	int fd, loaded = 0, same = 1;
	if (argc != 2)
		return 99;
	while ((fd = load()) >= 0) {
		close(fd);
		if (loaded++ == 0)
			say(argv[1], "started");
	}
	int first = errno;
	for (int i = 0; i < 1000; i++)
		same += load() < 0 && errno == first;
	snprintf(text, sizeof(text), "%s, error %d, %d times", loaded ? "loaded" : "never loaded", first, same);
	say(argv[1], text);
	return 0;
}
