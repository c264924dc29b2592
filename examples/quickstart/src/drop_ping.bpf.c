// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A socket filter that hides ICMP echo over IPv4 from the socket it is attached to. It uses no map, so the
 * instructions in the file are the ones that the kernel gets.
 */
#include <linux/bpf.h>
#include <linux/icmp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <stddef.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define DROP 0
#define KEEP_ALL 0xffffffff

SEC("socket")
int drop_ping(struct __sk_buff *skb)
{
	__u8 version_and_length, protocol, type;
	__u32 icmp;

	if (skb->protocol != bpf_htons(ETH_P_IP))
		return KEEP_ALL;
	if (bpf_skb_load_bytes_relative(skb, offsetof(struct iphdr, protocol), &protocol, sizeof(protocol),
					BPF_HDR_START_NET))
		return KEEP_ALL;
	if (protocol != IPPROTO_ICMP)
		return KEEP_ALL;
	if (bpf_skb_load_bytes_relative(skb, 0, &version_and_length, sizeof(version_and_length), BPF_HDR_START_NET))
		return KEEP_ALL;
	icmp = (version_and_length & 0x0f) * 4;
	if (bpf_skb_load_bytes_relative(skb, icmp + offsetof(struct icmphdr, type), &type, sizeof(type),
					BPF_HDR_START_NET))
		return KEEP_ALL;
	return type == ICMP_ECHO || type == ICMP_ECHOREPLY ? DROP : KEEP_ALL;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
