/*
 * Calls bpf(2) with command words that are given as numbers, and prints one error number for each, 0 for success:
 *   words load WORD...   loads of "r0 = 0; exit"
 *   words map WORD...    creations of an array
 *   words log WHERE      a load with a common log; WHERE: common, both (the same one twice), differ
 *   words maplog TYPE    the creation of a map of this type with a common log
 * The last two print the error, the size of the log as the kernel tells it, and the log.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COMMON_ATTRS 0x10000UL

/* struct bpf_common_attr, which older headers do not know. */
struct common {
	uint64_t log_buf;
	uint32_t log_size;
	uint32_t log_level;
	uint32_t log_true_size;
};

static struct bpf_insn code[] = {{.code = 0xb7}, {.code = 0x95}};
static char common_log[8192];
static char own_log[8192];

/* As long as the attributes of Linux 6.18. */
static union {
	union bpf_attr attr;
	char bytes[168];
} whole;

static void load_attr(void)
{
	memset(&whole, 0, sizeof(whole));
	whole.attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	whole.attr.insn_cnt = 2;
	whole.attr.insns = (uintptr_t)code;
	whole.attr.license = (uintptr_t)"GPL";
}

static void map_attr(int type)
{
	memset(&whole, 0, sizeof(whole));
	whole.attr.map_type = type;
	whole.attr.key_size = 4;
	whole.attr.value_size = 8;
	whole.attr.max_entries = 1;
	strcpy(whole.attr.map_name, "words");
}

static int call(unsigned long word, void *common, unsigned long size)
{
	long fd = syscall(SYS_bpf, word, &whole, sizeof(whole), common, size);
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int with_log(unsigned long command)
{
	struct common common = {(uintptr_t)common_log, sizeof(common_log), 1, 0};
	int error = call(command | COMMON_ATTRS, &common, sizeof(common));
	printf("%d %u\n%s", error, common.log_true_size, common_log);
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	if (!strcmp(what, "log")) {
		load_attr();
		if (strcmp(argv[2], "common")) {
			whole.attr.log_buf = (uintptr_t)(strcmp(argv[2], "both") ? own_log : common_log);
			whole.attr.log_size = sizeof(common_log);
			whole.attr.log_level = 1;
		}
		return with_log(BPF_PROG_LOAD);
	}
	if (!strcmp(what, "maplog")) {
		map_attr(atoi(argv[2]));
		return with_log(BPF_MAP_CREATE);
	}
	for (int i = 2; i < argc; i++) {
		struct common none = {0};
		if (!strcmp(what, "load"))
			load_attr();
		else
			map_attr(BPF_MAP_TYPE_ARRAY);
		printf("%d\n", call(strtoull(argv[i], NULL, 0), &none, sizeof(none)));
	}
	return 0;
}
