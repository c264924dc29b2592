// The smallest object with a call and a map, for tests that break every byte of it.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u32);
} one SEC(".maps");

static __attribute__((noinline)) int callee(__u32 key) {
    return bpf_map_lookup_elem(&one, &key) != 0;
}

SEC("xdp")
int tiny(struct xdp_md *context) {
    return callee(context->rx_queue_index);
}
