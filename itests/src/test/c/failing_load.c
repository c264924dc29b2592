/*
 * Makes one call in a way that the first argument names, and prints the error number by which the kernel refuses it; 0 when it does
 * not. Ends with 1 when it is refused, and with 0 when the second argument is "anyway". Calls bpf(2) itself, so that no library asks for anything else before.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct bpf_insn good[] = {
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = 0 },
	{ .code = BPF_JMP | BPF_EXIT },
};

/* The result is never written. */
static struct bpf_insn bad[] = {
	{ .code = BPF_JMP | BPF_EXIT },
};

static char log_text[65536];

int main(int argc, char **argv)
{
	char attr_bytes[512] = { 0 };
	union bpf_attr *attr = (union bpf_attr *)attr_bytes;
	const char *mode = argc > 1 ? argv[1] : "good";
	size_t size = sizeof(*attr) < 144 ? sizeof(*attr) : 144;
	int command = BPF_PROG_LOAD;
	int fd;

	attr->prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr->insns = (unsigned long)good;
	attr->insn_cnt = 2;
	attr->license = (unsigned long)"GPL";
	memcpy(attr->prog_name, mode, strlen(mode) < 15 ? strlen(mode) : 15);
	if (!strncmp(mode, "bad", 3)) {
		attr->insns = (unsigned long)bad;
		attr->insn_cnt = 1;
	}
	if (!strcmp(mode, "bad_with_log")) {
		attr->log_level = 1;
		attr->log_size = sizeof(log_text);
		attr->log_buf = (unsigned long)log_text;
	}
	if (!strcmp(mode, "newer")) {
		/* Behind everything that a kernel of today knows. */
		size = 400;
		attr_bytes[399] = 1;
	}
	if (!strcmp(mode, "small_log")) {
		attr->log_level = 1;
		attr->log_size = 4;
		attr->log_buf = (unsigned long)log_text;
	}
	if (!strcmp(mode, "empty"))
		attr->insn_cnt = 0;
	if (!strcmp(mode, "type77"))
		attr->prog_type = 77;
	if (!strcmp(mode, "xdp"))
		attr->prog_type = BPF_PROG_TYPE_XDP;
	if (!strcmp(mode, "tracepoint"))
		attr->prog_type = BPF_PROG_TYPE_TRACEPOINT;
	if (!strcmp(mode, "device")) {
		/* The loopback device, whose driver takes no programs. */
		attr->prog_type = BPF_PROG_TYPE_XDP;
		attr->prog_ifindex = 1;
	}
	if (!strcmp(mode, "map") || !strcmp(mode, "large_map")) {
		memset(attr_bytes, 0, sizeof(attr_bytes));
		attr->map_type = strcmp(mode, "map") ? BPF_MAP_TYPE_ARRAY : 12345;
		attr->key_size = attr->value_size = attr->max_entries = 4;
		if (!strcmp(mode, "large_map"))
			attr->value_size = 0x80000000u;
		command = BPF_MAP_CREATE;
	}
	if (!strcmp(mode, "btf")) {
		memset(attr_bytes, 0, sizeof(attr_bytes));
		attr->btf = (unsigned long)log_text;
		attr->btf_size = 100;
		command = BPF_BTF_LOAD;
	}
	if (mode[0] == '/') {
		memset(attr_bytes, 0, sizeof(attr_bytes));
		attr->pathname = (unsigned long)mode;
		command = BPF_OBJ_GET;
	}
	fd = syscall(SYS_bpf, command, attr, size);
	printf("%d\n", fd < 0 ? errno : 0);
	return fd < 0 && !(argc > 2 && !strcmp(argv[2], "anyway"));
}
