/*
 * Loads a program that is not listed by calls that a gate may fail to recognise as a load. Prints for each its name and the error
 * number, 0 when a program was loaded. With a number it does so as many times, and ends with 1 when an answer changes.
 */
#include "load.h"
#include <stdio.h>
#include <stdlib.h>

#define SYS_X32 0x40000000L
#define COMMON_ATTRS 0x10000L

static const struct {
	const char *name;
	long number;
	long word;
	long size;
} calls[] = {
	{"plain", SYS_bpf, BPF_PROG_LOAD, 168},
	{"high-half", SYS_bpf, 0x100000000L | BPF_PROG_LOAD, 168},
	{"high-half-garbage", SYS_bpf, (long)0xdeadbeef00000005UL, 168},
	{"common-attrs", SYS_bpf, COMMON_ATTRS | BPF_PROG_LOAD, 168},
	{"common-attrs-high-half", SYS_bpf, 0x700000000L | COMMON_ATTRS | BPF_PROG_LOAD, 168},
	{"bit-17", SYS_bpf, COMMON_ATTRS << 1 | BPF_PROG_LOAD, 168},
	{"bit-30", SYS_bpf, 0x40000000L | BPF_PROG_LOAD, 168},
	{"bit-31", SYS_bpf, 0x80000000L | BPF_PROG_LOAD, 168},
	{"bit-31-extended", SYS_bpf, (long)0xffffffff80000005UL, 168},
	{"all-bits", SYS_bpf, -1, 168},
	{"unknown-99", SYS_bpf, 99, 168},
	{"unknown-65535", SYS_bpf, 65535, 168},
	{"size-0", SYS_bpf, BPF_PROG_LOAD, 0},
	{"size-8", SYS_bpf, BPF_PROG_LOAD, 8},
	{"size-48", SYS_bpf, BPF_PROG_LOAD, 48},
	{"size-200", SYS_bpf, BPF_PROG_LOAD, 200},
	{"size-4096", SYS_bpf, BPF_PROG_LOAD, 4096},
	{"size-4097", SYS_bpf, BPF_PROG_LOAD, 4097},
	{"size-negative", SYS_bpf, BPF_PROG_LOAD, -1},
	{"size-high-half", SYS_bpf, BPF_PROG_LOAD, 0x1000000a8L},
	{"x32", SYS_X32 | SYS_bpf, BPF_PROG_LOAD, 168},
	{"x32-high-half", 0x100000000L | SYS_X32 | SYS_bpf, BPF_PROG_LOAD, 168},
	{"number-high-half", 0x100000000L | SYS_bpf, BPF_PROG_LOAD, 168},
};

/* The error number of one call, 0 when it loads the program. */
static int try(unsigned i)
{
	static union {
		union bpf_attr known;
		char bytes[8192];
	} attr;
	struct bpf_insn code[2];
	uint64_t common[4] = {0};
	memset(&attr, 0, sizeof(attr));
	describe(&attr.known, code, NOT_LISTED);
	long fd = syscall(calls[i].number, calls[i].word, &attr, calls[i].size, common, 24L);
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

int main(int argc, char **argv)
{
	enum { COUNT = sizeof(calls) / sizeof(calls[0]) };
	int first[COUNT];
	int rounds = argc > 1 ? atoi(argv[1]) : 1;
	for (unsigned i = 0; i < COUNT; i++) {
		first[i] = try(i);
		printf("%s %d\n", calls[i].name, first[i]);
	}
	for (int round = 1; round < rounds; round++)
		for (unsigned i = 0; i < COUNT; i++)
			if (try(i) != first[i])
				return 1;
	return 0;
}
