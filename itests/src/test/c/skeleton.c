/*
 * Loads the light skeleton of the quickstart as a skeleton with a signature does: the loader's map, which is exclusive to the loader, is
 * filled and frozen, then the loader is loaded with its signature and run. Exits with 0 when the program is in the kernel, else with
 * the error number of the load; 98 when the kernel has no exclusive maps, 99 when something else fails.
 *
 *   skeleton SIGNATURE good|no-signature|changed-code|changed-data|not-frozen|shared
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/bpf.h>
#include <bpf/skel_internal.h>

static int load_signed_and_run(struct bpf_load_and_run_opts *opts);
#define bpf_load_and_run load_signed_and_run
#include "xdp_count.lskel.h"

#define ATTR_SIZE 168
#define USER_KEYRING (-4)

static const char *what;
static unsigned char signature[8192];
static uint32_t signature_size;

static int freeze(int map)
{
	union bpf_attr attr;
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = map;
	return skel_sys_bpf(BPF_MAP_FREEZE, &attr, 4);
}

/* The kernel's digest of a loader is that of its bytes: it refers to its map by an index. */
static void digest(const void *code, uint32_t size, unsigned char *sum)
{
	char name[] = "/tmp/loaderXXXXXX", command[64];
	int file = mkstemp(name);
	if (file < 0 || write(file, code, size) != (ssize_t)size)
		exit(99);
	snprintf(command, sizeof(command), "sha256sum %s", name);
	FILE *pipe = popen(command, "r");
	for (int i = 0; i < 32; i++)
		if (!pipe || fscanf(pipe, "%2hhx", sum + i) != 1)
			exit(99);
	pclose(pipe);
	unlink(name);
}

/* Attributes that the header of an older libbpf does not know: excl_prog_hash and its size. */
static int create_map(uint32_t value_size, const void *code, uint32_t size)
{
	unsigned char sum[32];
	union {
		union bpf_attr known;
		unsigned char bytes[ATTR_SIZE];
	} attr;
	memset(&attr, 0, sizeof(attr));
	attr.known.map_type = BPF_MAP_TYPE_ARRAY;
	attr.known.key_size = 4;
	attr.known.value_size = value_size;
	attr.known.max_entries = 1;
	strcpy(attr.known.map_name, "__loader.map");
	if (strcmp(what, "shared")) {
		digest(code, size, sum);
		*(uint64_t *)(attr.bytes + 80) = (uintptr_t)sum;
		attr.bytes[88] = sizeof(sum);
	}
	int map = syscall(__NR_bpf, BPF_MAP_CREATE, &attr, 96);
	if (map < 0 && errno == E2BIG)
		exit(98);
	return map;
}

static int load(const void *code, uint32_t size, int *map)
{
	union {
		union bpf_attr known;
		unsigned char bytes[ATTR_SIZE];
		uint32_t words[ATTR_SIZE / 4];
	} attr;
	memset(&attr, 0, sizeof(attr));
	attr.known.prog_type = BPF_PROG_TYPE_SYSCALL;
	attr.known.insns = (uintptr_t)code;
	attr.known.insn_cnt = size / sizeof(struct bpf_insn);
	attr.known.license = (uintptr_t)"Dual BSD/GPL";
	strcpy(attr.known.prog_name, "__loader.prog");
	/* No fd_array_cnt: Linux 6.18 would compare the exclusive map before it has the digest of the program. */
	attr.known.fd_array = (uintptr_t)map;
	attr.known.prog_flags = BPF_F_SLEEPABLE;
	if (strcmp(what, "no-signature")) {
		*(uint64_t *)(attr.bytes + 152) = (uintptr_t)signature;
		attr.words[40] = signature_size;
		attr.words[41] = USER_KEYRING;
	}
	return syscall(__NR_bpf, BPF_PROG_LOAD, &attr, ATTR_SIZE);
}

static int load_signed_and_run(struct bpf_load_and_run_opts *opts)
{
	static unsigned char data[1 << 16], code[1 << 16];
	union bpf_attr attr;
	int key = 0;
	memcpy(data, opts->data, opts->data_sz);
	memcpy(code, opts->insns, opts->insns_sz);
	if (!strcmp(what, "changed-data"))
		data[opts->data_sz - 1] ^= 1;
	if (!strcmp(what, "changed-code"))
		code[4] ^= 1;
	int map = create_map(opts->data_sz, code, opts->insns_sz);
	if (map < 0 || skel_map_update_elem(map, &key, data, 0) < 0)
		exit(99);
	if (strcmp(what, "not-frozen") && freeze(map) < 0)
		exit(99);
	int loader = load(code, opts->insns_sz, &map);
	if (loader < 0)
		exit(errno);
	memset(&attr, 0, sizeof(attr));
	attr.test.prog_fd = loader;
	attr.test.ctx_in = (uintptr_t)opts->ctx;
	attr.test.ctx_size_in = opts->ctx->sz;
	if (skel_sys_bpf(BPF_PROG_RUN, &attr, sizeof(attr.test)) < 0 || (int)attr.test.retval < 0)
		exit(99);
	return 0;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
	if (!file)
		return 99;
	signature_size = fread(signature, 1, sizeof(signature), file);
	what = argv[2];
	struct xdp_count *skeleton = xdp_count__open_and_load();
	return skeleton && skeleton->progs.xdp_count.prog_fd > 0 && skeleton->maps.counts.map_fd > 0 ? 0 : 99;
}
