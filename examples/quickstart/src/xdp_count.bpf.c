// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Counts the packets and bytes that each CPU receives, by IP version, and lets them pass. */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* What becomes of every packet. The build makes a changed copy of this program with another value. */
#ifndef ACTION
#define ACTION XDP_PASS
#endif

enum { COUNT_IPV4, COUNT_IPV6, COUNT_OTHER, COUNT_KINDS };

struct count {
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, COUNT_KINDS);
	__type(key, __u32);
	__type(value, struct count);
} counts SEC(".maps");

SEC("xdp")
int xdp_count(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	__u32 kind = COUNT_OTHER;
	struct count *count;

	if ((void *)(eth + 1) > end)
		return ACTION;
	if (eth->h_proto == bpf_htons(ETH_P_IP))
		kind = COUNT_IPV4;
	else if (eth->h_proto == bpf_htons(ETH_P_IPV6))
		kind = COUNT_IPV6;

	count = bpf_map_lookup_elem(&counts, &kind);
	if (count) {
		count->packets++;
		count->bytes += end - data;
	}
	return ACTION;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
