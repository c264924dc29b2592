// Writes what a program that includes the skeleton x.lskel.h would hand to the kernel, instead of handing it over.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <bpf/bpf.h>

#define bpf_load_and_run unused_load_and_run
#include <bpf/skel_internal.h>
#undef bpf_load_and_run

static int put(const char *name, const void *bytes, unsigned size) {
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    return file < 0 || write(file, bytes, size) != size || close(file);
}

static int bpf_load_and_run(struct bpf_load_and_run_opts *opts) {
    return put("data", opts->data, opts->data_sz) || put("insns", opts->insns, opts->insns_sz) ? -1 : 1;
}

#include "x.lskel.h"

int main(void) {
    struct x skeleton = {};
    x__load(&skeleton);
    return 0;
}
