// Sub-programs, callbacks, maps and variables: everything that a loader links without the kernel's help.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, __u64);
} counts SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 16);
    __type(key, __u32);
    __type(value, __u64);
} others SEC(".maps");

const volatile int limit = 7;
int hits;
static volatile long total = 3;
__u32 second SEC(".data.second") = 9;

static __attribute__((noinline)) int leaf(int a) {
    total += a;
    return a ^ hits;
}

static __attribute__((noinline)) int middle(int a, int b) {
    return leaf(a) + leaf(b) * limit;
}

__attribute__((noinline)) int shared_global(int a) {
    return middle(a, 3) + leaf(a + 1);
}

static int on_iteration(__u32 index, void *context) {
    __u32 key = index & 3;
    __u64 *value = bpf_map_lookup_elem(&counts, &key);
    if (value)
        *value += leaf(index);
    return 0;
}

static long on_element(void *map, const void *key, void *value, void *context) {
    hits++;
    return 0;
}

SEC("xdp")
int xdp_plain(struct xdp_md *context) {
    return XDP_PASS;
}

SEC("xdp")
int xdp_calls(struct xdp_md *context) {
    return shared_global(context->rx_queue_index) ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int xdp_callback(struct xdp_md *context) {
    int state = 0;
    bpf_loop(limit, on_iteration, &state, 0);
    return middle(limit, second) ? XDP_PASS : XDP_DROP;
}

SEC("tc")
int tc_elements(struct __sk_buff *packet) {
    __u32 key = 1;
    __u64 one = 1;
    bpf_map_update_elem(&others, &key, &one, BPF_ANY);
    bpf_for_each_map_elem(&others, on_element, &key, 0);
    return leaf(packet->len) + shared_global(packet->mark);
}

SEC("?socket")
int socket_off(struct __sk_buff *packet) {
    return middle(packet->len, 1);
}

char licence[] SEC("license") = "GPL";
