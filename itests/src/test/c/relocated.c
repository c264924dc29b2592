/*
 * Loads "r0 = 2; exit", with one record by which the kernel may put another number into the first instruction.
 *
 *   relocated none          no record
 *   relocated type-id       the number of the type "int" in the program's own types: 1
 *   relocated type-size     the size of the kernel's list_head: 16
 *   relocated count         a count without records
 *
 * Exits with 0 when the program that was loaded returns 2, with 42 when it returns something else, else with the error number of the
 * load; 98 when the types cannot be loaded.
 */
#include "load.h"
#include <linux/btf.h>
#include <stdio.h>

static char log_text[65536];

/* 1 int, 2 a function's prototype, 3 the function, 4 list_head. */
static int load_types(void)
{
	static const char strings[] = "\0int\0f\0" "0\0list_head";
	static const uint32_t types[] = {
		1, BTF_KIND_INT << 24, 4, 1 << 24 | 32,
		0, BTF_KIND_FUNC_PROTO << 24, 1,
		5, BTF_KIND_FUNC << 24, 2,
		9, BTF_KIND_STRUCT << 24, 2,
	};
	static unsigned char raw[sizeof(struct btf_header) + sizeof(types) + sizeof(strings)];
	struct btf_header header = {
		.magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof(header), .type_len = sizeof(types), .str_off = sizeof(types), .str_len = sizeof(strings),
	};
	memcpy(raw, &header, sizeof(header));
	memcpy(raw + sizeof(header), types, sizeof(types));
	memcpy(raw + sizeof(header) + sizeof(types), strings, sizeof(strings));
	union bpf_attr attr = {.btf = (uintptr_t)raw, .btf_size = sizeof(raw)};
	return syscall(SYS_bpf, BPF_BTF_LOAD, &attr, sizeof(attr));
}

static struct bpf_core_relo record_for(const char *what)
{
	struct bpf_core_relo record = {.access_str_off = 7};
	if (!strcmp(what, "type-id")) {
		record.type_id = 1;
		record.kind = BPF_CORE_TYPE_ID_LOCAL;
	} else {
		record.type_id = 4;
		record.kind = BPF_CORE_TYPE_SIZE;
	}
	return record;
}

int main(int argc, char **argv)
{
	static union {
		union bpf_attr known;
		char bytes[ATTR_SIZE];
	} attr;
	struct bpf_insn code[2];
	struct bpf_func_info function = {0, 3};
	const char *what = argc > 1 ? argv[1] : "none";
	struct bpf_core_relo record = record_for(what);
	int types = load_types();
	if (types < 0)
		return 98;
	describe(&attr.known, code, LISTED);
	strcpy(attr.known.prog_name, "pass_all");
	attr.known.prog_btf_fd = types;
	attr.known.func_info = (uintptr_t)&function;
	attr.known.func_info_cnt = 1;
	attr.known.func_info_rec_size = sizeof(function);
	attr.known.log_buf = (uintptr_t)log_text;
	attr.known.log_size = sizeof(log_text);
	attr.known.log_level = 1;
	if (strcmp(what, "none")) {
		attr.known.core_relo_cnt = 1;
		attr.known.core_relo_rec_size = sizeof(record);
		attr.known.core_relos = strcmp(what, "count") ? (uintptr_t)&record : 0;
	}
	int fd = load(&attr.known);
	if (fd < 0) {
		int error = errno;
		fprintf(stderr, "%s", log_text);
		return error;
	}
	int result = result_of(fd);
	printf("runs: %d\n", result);
	return result == LISTED ? 0 : 42;
}
