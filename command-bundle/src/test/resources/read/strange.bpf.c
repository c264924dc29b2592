// What libbpf refuses, or reads in another way, and other loaders take: each costs at most the programs that need it.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

// A section of its own for code that is rarely run, as rustc has it.
__attribute__((noinline, section(".text.unlikely."))) int rarely(void *context) {
    return bpf_ktime_get_ns() & 7;
}

static __attribute__((noinline)) int often(void *context) {
    return bpf_get_prandom_u32() & 1;
}

SEC("xdp")
static __attribute__((used)) int is_static(struct xdp_md *context) {
    return XDP_PASS;
}

SEC("xdp")
int calls_rare_code(struct xdp_md *context) {
    return rarely(context) > 3 ? often(context) : XDP_PASS;
}

SEC("xdp")
int has_another_name(struct xdp_md *context) {
    return often(context) + 1;
}
extern __typeof__(has_another_name) the_other_name __attribute__((alias("has_another_name")));

SEC("no/such/section")
int of_unknown_type(void *context) {
    return 0;
}

SEC("xdp")
int plain(struct xdp_md *context) {
    return XDP_DROP;
}

char licence[] SEC("license") = "GPL";
