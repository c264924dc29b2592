// Sub-programs that loaders append in different orders: zebra before apple as they are called, mango below zebra.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

static __attribute__((noinline)) int mango(struct xdp_md *context) {
    return bpf_ktime_get_ns() & 3;
}

static __attribute__((noinline)) int zebra(struct xdp_md *context) {
    return mango(context) + bpf_get_smp_processor_id();
}

static __attribute__((noinline)) int apple(struct xdp_md *context) {
    return bpf_get_prandom_u32() & 5;
}

static __attribute__((noinline)) int both(struct xdp_md *context) {
    return apple(context) ^ mango(context);
}

static int repeated(__u32 index, void *context) {
    return bpf_ktime_get_ns() & 1;
}

__attribute__((noinline)) int shared(struct xdp_md *context) {
    return both(context) + zebra(context);
}

SEC("xdp")
int two_orders(struct xdp_md *context) {
    return zebra(context) + apple(context);
}

SEC("xdp")
int one_order(struct xdp_md *context) {
    return apple(context) + (mango(context) << 2);
}

SEC("xdp")
int breadth(struct xdp_md *context) {
    bpf_loop(2, repeated, (void *)0, 0);
    return shared(context) + apple(context);
}

char licence[] SEC("license") = "GPL";
