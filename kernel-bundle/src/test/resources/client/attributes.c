/* A client whose loads have attributes that no digest covers. Exits with 0 for success, else with the error number; 99 when what it loaded is not what it gave. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As long as that of Linux 6.18, whatever the headers here know. */
#define ATTR_SIZE 168
#define FD_ARRAY_CNT 148

static struct bpf_insn plain[] = {{.code = 0xb7, .imm = 2}, {.code = 0x95}};
static union {
	union bpf_attr known;
	unsigned char bytes[256];
} whole;
#define attr whole.known
static char log_text[65536];

static int bpf(int command, void *with, int size)
{
	return syscall(SYS_bpf, command, with, size);
}

/* r0 = 2; exit: XDP_PASS. */
static void prepare(struct bpf_insn *code, int count)
{
	memset(&whole, 0, sizeof(whole));
	attr.prog_type = BPF_PROG_TYPE_XDP;
	attr.insn_cnt = count;
	attr.insns = (uintptr_t)code;
	attr.license = (uintptr_t)"GPL";
	strcpy(attr.prog_name, "pass_all");
	attr.log_buf = (uintptr_t)log_text;
	attr.log_size = sizeof(log_text);
	attr.log_level = 1;
}

/* Types: 1 int, 2 a function's prototype, 3 the function, 4 a structure of 2 bytes that has another size in the kernel. */
static int types(void)
{
	static const char strings[] = "\0int\0f\0" "0\0list_head\0exception_callback:f";
	static const uint32_t words[] = {
		1, BTF_KIND_INT << 24, 4, 1 << 24 | 32,
		0, BTF_KIND_FUNC_PROTO << 24, 1,
		5, BTF_KIND_FUNC << 24, 2,
		9, BTF_KIND_STRUCT << 24, 2,
	};
	static unsigned char raw[1024];
	struct btf_header header = {.magic = 0xeb9f, .version = 1, .hdr_len = sizeof(header), .type_len = sizeof(words), .str_off = sizeof(words), .str_len = sizeof(strings)};
	memcpy(raw, &header, sizeof(header));
	memcpy(raw + sizeof(header), words, sizeof(words));
	memcpy(raw + sizeof(header) + sizeof(words), strings, sizeof(strings));
	memset(&whole, 0, sizeof(whole));
	attr.btf = (uintptr_t)raw;
	attr.btf_size = sizeof(header) + sizeof(words) + sizeof(strings);
	int fd = bpf(BPF_BTF_LOAD, &whole, ATTR_SIZE);
	if (fd < 0)
		exit(90);
	return fd;
}

static struct bpf_func_info function = {0, 3};
static struct bpf_core_relo relocation;

static void with_types(struct bpf_insn *code, int count)
{
	int fd = types();
	prepare(code, count);
	attr.prog_btf_fd = fd;
	attr.func_info = (uintptr_t)&function;
	attr.func_info_cnt = 1;
	attr.func_info_rec_size = sizeof(function);
}

static void relocated(uint32_t type, uint32_t access, enum bpf_core_relo_kind kind)
{
	with_types(plain, 2);
	relocation = (struct bpf_core_relo){.type_id = type, .access_str_off = access, .kind = kind};
	attr.core_relos = (uintptr_t)&relocation;
	attr.core_relo_cnt = 1;
	attr.core_relo_rec_size = sizeof(relocation);
}

/* Loads, prints the gate's or the verifier's words, and runs what was loaded: 2 is what its instructions say. */
static int load(void)
{
	int fd = bpf(BPF_PROG_LOAD, &whole, ATTR_SIZE);
	if (fd < 0) {
		int error = errno;
		printf("%s", log_text);
		return error;
	}
	static char packet[64];
	union bpf_attr run = {.test = {.prog_fd = fd, .data_in = (uintptr_t)packet, .data_size_in = sizeof(packet)}};
	if (bpf(BPF_PROG_TEST_RUN, &run, sizeof(run)))
		return errno;
	printf("runs: %u\n", run.test.retval);
	return run.test.retval == 2 ? 0 : 99;
}

static int new_map(void)
{
	union bpf_attr map = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};
	int fd = bpf(BPF_MAP_CREATE, &map, sizeof(map));
	if (fd < 0)
		exit(91);
	return fd;
}

/* Three references to two maps, one of them under two descriptors; and one map that is bound and not referred to. */
static int maps(int bound)
{
	int first = new_map(), second = new_map(), again = dup(first);
	static int array[2];
	static struct bpf_insn code[] = {
		{.code = 0x18, .dst_reg = 1, .src_reg = 1}, {0},
		{.code = 0x18, .dst_reg = 1, .src_reg = 1}, {0},
		{.code = 0x18, .dst_reg = 1, .src_reg = 2}, {.imm = 4},
		{.code = 0xb7, .imm = 2}, {.code = 0x95},
	};
	code[0].imm = first;
	code[2].imm = second;
	code[4].imm = again;
	prepare(code, 8);
	if (bound) {
		array[0] = new_map();
		array[1] = types();
		prepare(code, 8);
		attr.fd_array = (uintptr_t)array;
		*(uint32_t *)(whole.bytes + FD_ARRAY_CNT) = 2;
	}
	return load();
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	unsigned long number = argc > 2 ? strtoul(argv[2], NULL, 0) : 0;
	if (!strcmp(what, "types"))
		with_types(plain, 2);
	else if (!strcmp(what, "exception-callback")) {
		static struct bpf_insn throwing[] = {{.code = 0x85, .src_reg = 2, .imm = 1}, {.code = 0xb7, .imm = 2}, {.code = 0x95}};
		with_types(throwing, 3);
	} else if (!strcmp(what, "relo-type-id"))
		relocated(1, 7, BPF_CORE_TYPE_ID_LOCAL);
	else if (!strcmp(what, "relo-type-size"))
		relocated(4, 7, BPF_CORE_TYPE_SIZE);
	else if (!strcmp(what, "relo-count")) {
		relocated(1, 7, BPF_CORE_TYPE_ID_LOCAL);
		attr.core_relo_cnt = number;
	} else if (!strcmp(what, "flags")) {
		prepare(plain, 2);
		attr.prog_flags = number;
	} else if (!strcmp(what, "device")) {
		prepare(plain, 2);
		attr.prog_ifindex = number;
	} else if (!strcmp(what, "device-elsewhere")) {
		if (unshare(CLONE_NEWNET))
			return 92;
		prepare(plain, 2);
		attr.prog_ifindex = number;
	} else if (!strcmp(what, "tail")) {
		prepare(plain, 2);
		whole.bytes[number] = 1;
		return bpf(BPF_PROG_LOAD, &whole, sizeof(whole)) < 0 ? errno : 0;
	} else if (!strcmp(what, "license")) {
		prepare(plain, 2);
		attr.license = (uintptr_t)"Proprietary";
	} else if (!strcmp(what, "target")) {
		prepare(plain, 2);
		int fd = bpf(BPF_PROG_LOAD, &whole, ATTR_SIZE);
		if (fd < 0)
			return errno;
		prepare(plain, 2);
		attr.prog_type = BPF_PROG_TYPE_EXT;
		attr.attach_btf_id = number;
		attr.attach_prog_fd = fd;
	} else if (!strcmp(what, "maps"))
		return maps(0);
	else if (!strcmp(what, "bound-maps"))
		return maps(1);
	else
		return 97;
	return load();
}
