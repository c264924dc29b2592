/*
 * Tries to change a frozen map by a program, the one with which libbpf finds out whether the kernel has global data: it writes 42 to
 * byte 16 of the map that it is given.
 *
 *   frozen after               the program is loaded when the map is frozen
 *   frozen before SIGNATURE    the program is loaded, then the map is frozen, then a program is loaded of which the signature says
 *                              what is in the map
 *   frozen read-only SIGNATURE as before, with a map that programs cannot write to
 *   frozen replaced SIGNATURE  another map is the one that the signed program reads, and the signed one is bound as a second
 *
 * Exits with 0 when the map stayed as it was, or the program was loaded with another one, with 42 when it did not, with the error number when the signed program is refused, with
 * 99 when something else fails.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/bpf.h>

#define ATTR_SIZE 168
#define USER_KEYRING (-4)
#define LOAD_MAP 0x18
#define STORE_64 0x7a
#define MOVE 0xb7
#define EXIT 0x95
#define BY_INDEX 5
#define BY_VALUE 2

static const uint64_t contents[4] = { 1, 2, 3, 4 };

union attributes {
	union bpf_attr known;
	unsigned char bytes[ATTR_SIZE];
	uint32_t words[ATTR_SIZE / 4];
};

static int bpf(int command, union attributes *attr)
{
	return syscall(__NR_bpf, command, attr, ATTR_SIZE);
}

static int element(int command, int map, void *value)
{
	union attributes attr = { 0 };
	uint32_t key = 0;
	attr.known.map_fd = map;
	attr.known.key = (uintptr_t)&key;
	attr.known.value = (uintptr_t)value;
	return bpf(command, &attr);
}

static int create(uint32_t flags)
{
	union attributes attr = { 0 };
	attr.known.map_type = BPF_MAP_TYPE_ARRAY;
	attr.known.key_size = 4;
	attr.known.value_size = sizeof(contents);
	attr.known.max_entries = 1;
	attr.known.map_flags = flags;
	int map = bpf(BPF_MAP_CREATE, &attr);
	return map < 0 || element(BPF_MAP_UPDATE_ELEM, map, (void *)contents) < 0 ? -1 : map;
}

static int freeze(int map)
{
	union attributes attr = { 0 };
	attr.known.map_fd = map;
	return syscall(__NR_bpf, BPF_MAP_FREEZE, &attr, 4);
}

static int load(union attributes *attr, const struct bpf_insn *code, uint32_t count)
{
	attr->known.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr->known.insns = (uintptr_t)code;
	attr->known.insn_cnt = count;
	attr->known.license = (uintptr_t)"GPL";
	return bpf(BPF_PROG_LOAD, attr);
}

static int load_probe(int map)
{
	union attributes attr = { 0 };
	struct bpf_insn code[] = {
		{ LOAD_MAP, 1, BY_VALUE, 0, map }, { 0, 0, 0, 0, 16 }, { STORE_64, 1, 0, 0, 42 }, { MOVE, 0, 0, 0, 0 }, { EXIT, 0, 0, 0, 0 },
	};
	return load(&attr, code, 5);
}

/* Map 0 is the one that the program reads; those behind it are bound only. */
static int load_signed(const int *maps, uint32_t bound, const char *file)
{
	static unsigned char signature[8192];
	union attributes attr = { 0 };
	struct bpf_insn code[] = {
		{ LOAD_MAP, 1, BY_INDEX, 0, 0 }, { 0, 0, 0, 0, 0 }, { MOVE, 0, 0, 0, 0 }, { EXIT, 0, 0, 0, 0 },
	};
	FILE *in = fopen(file, "rb");
	attr.known.fd_array = (uintptr_t)maps;
	attr.words[37] = bound; /* fd_array_cnt */
	*(uint64_t *)(attr.bytes + 152) = (uintptr_t)signature;
	attr.words[40] = in ? fread(signature, 1, sizeof(signature), in) : 0;
	attr.words[41] = USER_KEYRING;
	return load(&attr, code, 4);
}

static int load_replaced(const char *file)
{
	uint64_t other[4] = { 5, 6, 7, 8 };
	int maps[2] = { create(0), create(BPF_F_RDONLY_PROG) };
	if (maps[0] < 0 || maps[1] < 0 || element(BPF_MAP_UPDATE_ELEM, maps[0], other) < 0 || freeze(maps[1]) < 0)
		return 99;
	return load_signed(maps, 2, file) < 0 ? errno : 0;
}

static int run_and_compare(int program, int map)
{
	union attributes attr = { 0 };
	char packet[64] = { 0 };
	uint64_t now[4];
	attr.known.test.prog_fd = program;
	attr.known.test.data_in = (uintptr_t)packet;
	attr.known.test.data_size_in = sizeof(packet);
	if (program >= 0 && bpf(BPF_PROG_RUN, &attr) < 0)
		return 99;
	if (element(BPF_MAP_LOOKUP_ELEM, map, now) < 0)
		return 99;
	return memcmp(now, contents, sizeof(contents)) ? 42 : 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "replaced"))
		return load_replaced(argv[2]);
	int is_after = argc == 2 && !strcmp(argv[1], "after");
	int is_before = argc == 3 && !strcmp(argv[1], "before");
	int map = create(argc == 3 && !is_before ? BPF_F_RDONLY_PROG : 0);
	int probe = is_before ? load_probe(map) : -1;
	if (map < 0 || (is_before && probe < 0) || freeze(map) < 0)
		return 99;
	if (is_after)
		probe = load_probe(map);
	else if (load_signed(&map, 0, argv[2]) < 0)
		return errno;
	return run_and_compare(probe, map);
}
