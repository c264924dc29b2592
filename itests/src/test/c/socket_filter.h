/* Loads "r0 = 1; exit" as a socket filter; returns the descriptor, or -1 with errno. */
#include <linux/bpf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int load_socket_filter(void)
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
