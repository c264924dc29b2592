/* A classifier that leaves every packet alone, for tc(8). */
#include <linux/bpf.h>

#define SEC(name) __attribute__((section(name), used))

SEC("classifier")
int pass_on(struct __sk_buff *packet)
{
	return -1;
}

char _license[] SEC("license") = "GPL";
