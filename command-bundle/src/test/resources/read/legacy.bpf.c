// As objects were before BTF: compiled without -g, its maps in the section of the time.
#include <linux/bpf.h>

struct old_map {
    unsigned type, key_size, value_size, max_entries, flags;
};

struct old_map old __attribute__((section("maps"), used)) = {BPF_MAP_TYPE_ARRAY, 4, 8, 1, 0};

static void *(*lookup)(void *map, const void *key) = (void *)BPF_FUNC_map_lookup_elem;
static volatile int flags = 1;

__attribute__((section("xdp"), used))
int old_program(struct xdp_md *context) {
    __u32 key = 0;
    return lookup(&old, &key) ? flags : XDP_PASS;
}

__attribute__((section("my_own_section"), used))
int of_no_type(void *context) {
    return 0;
}

char licence[] __attribute__((section("license"), used)) = "GPL";
