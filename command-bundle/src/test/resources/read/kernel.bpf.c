// References that only the kernel that loads the program can resolve.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

struct task_struct {
    int pid;
} __attribute__((preserve_access_index));

extern const void bpf_link_fops __ksym;
extern int bpf_prog_active_function(void) __ksym;

static __attribute__((noinline)) int reads_task(struct task_struct *task) {
    int pid = 0;
    bpf_core_read(&pid, sizeof(pid), &task->pid);
    return pid;
}

SEC("raw_tp/sched_switch")
int core_direct(struct bpf_raw_tracepoint_args *context) {
    struct task_struct *task = (void *)context->args[1];
    int pid = 0;
    bpf_core_read(&pid, sizeof(pid), &task->pid);
    return pid;
}

SEC("raw_tp/sched_switch")
int core_in_callee(struct bpf_raw_tracepoint_args *context) {
    return reads_task((void *)context->args[1]);
}

SEC("tp/syscalls/sys_enter_getpid")
int kernel_variable(void *context) {
    return &bpf_link_fops == context;
}

SEC("tc")
int kernel_function(struct __sk_buff *packet) {
    return bpf_prog_active_function();
}

char licence[] SEC("license") = "GPL";
