/*
 * Loads "r0 = 2; exit" once for each word of the command line, TYPE or TYPE:ATTACH in numbers, and prints "TYPE:ATTACH: loaded" or the
 * error number. The same instructions let a packet pass as XDP and drop it as a classifier.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct bpf_insn code[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 2 },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	for (int i = 1; i < argc; i++) {
		union bpf_attr attr;
		char *attach = strchr(argv[i], ':');
		int fd;

		memset(&attr, 0, sizeof(attr));
		attr.prog_type = atoi(argv[i]);
		attr.expected_attach_type = attach ? atoi(attach + 1) : 0;
		attr.insns = (unsigned long)code;
		attr.insn_cnt = 2;
		attr.license = (unsigned long)"GPL";
		if (attr.prog_type == BPF_PROG_TYPE_SYSCALL)
			attr.prog_flags = BPF_F_SLEEPABLE;
		fd = syscall(__NR_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
		if (fd < 0)
			printf("%s: %d\n", argv[i], errno);
		else
			printf("%s: loaded\n", argv[i]);
		if (fd >= 0)
			close(fd);
	}
	return 0;
}
