// A map that other objects share, and no program: what a directory of objects may hold beside them.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 8);
    __type(key, __u32);
    __type(value, __u32);
} pinned SEC(".maps");

char licence[] SEC("license") = "GPL";
