// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Counts execve(2) calls per user id. It reads no kernel structure, so it needs no CO-RE relocation. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} execs_by_uid SEC(".maps");

SEC("tracepoint/syscalls/sys_enter_execve")
int exec_trace(void *ctx)
{
	__u32 uid = (__u32)bpf_get_current_uid_gid();
	__u64 *execs = bpf_map_lookup_elem(&execs_by_uid, &uid);
	__u64 first = 1;

	(void)ctx;
	if (execs)
		__sync_fetch_and_add(execs, 1);
	else
		bpf_map_update_elem(&execs_by_uid, &uid, &first, BPF_ANY);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
