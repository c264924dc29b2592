// Calls as gcc 12 writes them: of a static function against the section, of a global one with an offset beside its symbol.
static unsigned long long (*const bpf_ktime_get_ns)(void) = (void *)5;

static __attribute__((noinline)) unsigned long long odd(void) {
    return bpf_ktime_get_ns() & 1;
}

__attribute__((noinline)) unsigned long long twice(void) {
    return odd() + bpf_ktime_get_ns();
}

__attribute__((section("xdp"), used)) int calls_static(void *context) {
    return odd();
}

__attribute__((section("xdp"), used)) int calls_global(void *context) {
    return twice();
}

char licence[] __attribute__((section("license"), used)) = "GPL";
