/*
 * Tries what a map whose contents are vouched for must not allow, as the kernel's selftest of signed loaders does. Prints for each what
 * is tried and the error number, 0 when it went well; 98 as exit code when the kernel computes no hashes of maps.
 */
#include "load.h"
#include <stdio.h>
#include <sys/mman.h>

#define VALUE 4096
#define HASH_SIZE 32

/* struct bpf_map_info of Linux 6.18, with hash and hash_size behind what older headers know. */
union info {
	struct bpf_map_info known;
	struct {
		char before[88];
		uint64_t hash;
		uint32_t hash_size;
	} newer;
	char bytes[128];
};

static char value[VALUE];

static int map(int type, uint32_t flags)
{
	union bpf_attr attr = {.map_type = type, .key_size = 4, .value_size = VALUE, .max_entries = 1, .map_flags = flags};
	return syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));
}

static int update(int fd)
{
	uint32_t key = 0;
	union bpf_attr attr = {.map_fd = fd, .key = (uintptr_t)&key, .value = (uintptr_t)value};
	return syscall(SYS_bpf, BPF_MAP_UPDATE_ELEM, &attr, sizeof(attr)) ? errno : 0;
}

static int freeze(int fd)
{
	union bpf_attr attr = {.map_fd = fd};
	return syscall(SYS_bpf, BPF_MAP_FREEZE, &attr, sizeof(attr)) ? errno : 0;
}

static int hash(int fd, uint32_t size)
{
	unsigned char out[HASH_SIZE] = {0};
	union info info = {.bytes = {0}};
	info.newer.hash = (uintptr_t)out;
	info.newer.hash_size = size;
	union bpf_attr attr = {.info = {.bpf_fd = fd, .info_len = sizeof(info.newer), .info = (uintptr_t)&info}};
	return syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr)) ? errno : 0;
}

static void *writable(int fd)
{
	return mmap(NULL, VALUE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

static void tell(const char *what, int error)
{
	printf("%s %d\n", what, error);
}

int main(void)
{
	int plain = map(BPF_MAP_TYPE_ARRAY, 0), mapped = map(BPF_MAP_TYPE_ARRAY, BPF_F_MMAPABLE);
	tell("update", update(plain));
	tell("hash-unfrozen", hash(plain, HASH_SIZE));
	tell("freeze", freeze(plain));
	tell("update-frozen", update(plain));
	tell("hash-half-size", hash(plain, HASH_SIZE / 2));
	tell("hash-of-hash-map", hash(map(BPF_MAP_TYPE_HASH, 0), HASH_SIZE));
	void *page = writable(mapped);
	tell("freeze-writable", page == MAP_FAILED ? errno : freeze(mapped));
	if (page != MAP_FAILED)
		munmap(page, VALUE);
	tell("freeze-unmapped", freeze(mapped));
	tell("map-writable-frozen", writable(mapped) == MAP_FAILED ? errno : 0);
	return hash(plain, HASH_SIZE) ? 98 : 0;
}
