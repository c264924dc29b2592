// A setting of the kernel, which the loader puts into a map, beside a program that needs nothing.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF_SYSCALL __kconfig __weak;

SEC("socket")
int kernel_setting(struct __sk_buff *packet) {
    return LINUX_KERNEL_VERSION > 5 && CONFIG_BPF_SYSCALL;
}

SEC("socket")
int needs_nothing(struct __sk_buff *packet) {
    return 0;
}

char licence[] SEC("license") = "GPL";
