/* A client that calls bpf(2) itself. Exits with 0 for success, else with the error number; 99 when a promise is broken. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static struct bpf_insn code[2] = {{.code = 0xb7}, {.code = 0x95}};
/* As long as that of Linux 6.18, whatever the headers here know. */
#define ATTR_SIZE 168
#define LOG_TRUE_SIZE 140
static union {
	union bpf_attr known;
	unsigned char bytes[ATTR_SIZE];
} whole;
#define attr whole.known

static void prepare(void)
{
	memset(&whole, 0, sizeof(whole));
	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.insn_cnt = 2;
	attr.insns = (uintptr_t)code;
	attr.license = (uintptr_t)"GPL";
}

static int load(void)
{
	return syscall(SYS_bpf, BPF_PROG_LOAD, &whole, ATTR_SIZE);
}

static int load_and_close(void)
{
	int fd = load();
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static void *swap(void *unused)
{
	for (;;)
		__atomic_store_n(&code[0].imm, !code[0].imm, __ATOMIC_RELAXED);
	return unused;
}

/* While another thread rewrites the instructions, what is in the kernel is what was vetted: the program that returns 0. */
static int swap_attack(void)
{
	static const unsigned char vetted[8] = {0x59, 0xf4, 0xa9, 0x31, 0x74, 0x4d, 0xcd, 0xc6};
	pthread_t thread;
	int loaded = 0;
	pthread_create(&thread, NULL, swap, NULL);
	for (int i = 0; i < 500; i++) {
		prepare();
		int fd = load();
		if (fd < 0)
			continue;
		struct bpf_prog_info info = {0};
		union bpf_attr query = {.info = {.bpf_fd = fd, .info_len = sizeof(info), .info = (uintptr_t)&info}};
		if (syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &query, sizeof(query)) || memcmp(info.tag, vetted, 8))
			return 99;
		loaded++;
		close(fd);
	}
	return loaded > 0 ? 0 : 98;
}

static int verifier_log(void)
{
	static char log[4096];
	code[0].dst_reg = 1; /* sets r1, and exits without a result in r0 */
	attr.log_buf = (uintptr_t)log;
	attr.log_size = sizeof(log);
	attr.log_level = 1;
	int fd = load();
	return fd < 0 && errno == EACCES && strstr(log, "R0 !read_ok") && *(uint32_t *)(whole.bytes + LOG_TRUE_SIZE) == strlen(log) + 1 ? 0 : 99;
}

static int denial_log(void)
{
	static char log[4096];
	attr.log_buf = (uintptr_t)log;
	attr.log_size = sizeof(log);
	attr.log_level = 1;
	int fd = load();
	return fd < 0 && errno == EPERM && strstr(log, "\nbpfgate: denied: EPERM") ? 0 : 99;
}

/* Many clients at once, each with so many loads. */
static int crowd(int clients, int loads)
{
	int failed = 0;
	for (int i = 0; i < clients; i++)
		if (fork() == 0) {
			for (int n = 0; n < loads; n++)
				if (load_and_close())
					_exit(1);
			_exit(0);
		}
	for (int status; wait(&status) > 0;)
		failed |= status;
	return failed ? 99 : 0;
}

/* Clients are killed while their requests are at the gate; who comes after them is served. */
static int killed(int clients)
{
	for (int i = 0; i < clients; i++) {
		pid_t child = fork();
		if (child == 0)
			for (;;)
				load_and_close();
		usleep(100 + i * 37 % 3000);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	return load_and_close();
}

static volatile sig_atomic_t rung;

static void ring(int unused)
{
	(void)unused;
	rung++;
}

static void *load_many(void *failed)
{
	for (int i = 0; i < 100; i++)
		if (load_and_close())
			__atomic_add_fetch((int *)failed, 1, __ATOMIC_RELAXED);
	return NULL;
}

/* Descriptors of programs that this process has. */
static int descriptors(void)
{
	int found = 0;
	char link[64], target[64];
	for (int fd = 3; fd < 1024; fd++) {
		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		ssize_t length = readlink(link, target, sizeof(target) - 1);
		found += length > 0 && !strncmp(target, "anon_inode:bpf-prog", 19);
	}
	return found;
}

/* Signals that do not restart calls: a load succeeds, or fails with EINTR and leaves nothing. */
static int interrupted(void)
{
	struct sigaction action = {.sa_handler = ring};
	struct itimerval often = {{0, 300}, {0, 300}}, never = {{0, 0}, {0, 0}};
	int loaded = 0, failed = 0;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	for (int i = 0; i < 300; i++) {
		int error = load_and_close();
		if (error && error != EINTR)
			return error;
		loaded += !error;
		failed += error == EINTR;
	}
	setitimer(ITIMER_REAL, &never, NULL);
	printf("%d loaded, %d interrupted by %d signals\n", loaded, failed, (int)rung);
	return loaded && rung && !descriptors() ? 0 : 99;
}

/* Sends every thread of a process a signal, again and again, until it is gone. */
static int disturb(int pid)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	for (;;) {
		DIR *threads = opendir(path);
		if (!threads)
			return 0;
		for (struct dirent *thread; (thread = readdir(threads));)
			if (atoi(thread->d_name) && syscall(SYS_tgkill, pid, atoi(thread->d_name), SIGWINCH) && errno != ESRCH)
				return errno;
		closedir(threads);
	}
}

/* Programs of so many instructions, from a hundred clients at once. */
static int large(int instructions)
{
	struct bpf_insn *longer = calloc(instructions, sizeof(*longer));
	for (int i = 0; i < instructions - 1; i++)
		longer[i].code = 0xb7;
	longer[instructions - 1].code = 0x95;
	prepare();
	attr.insns = (uintptr_t)longer;
	attr.insn_cnt = instructions;
	int failed = 0;
	for (int i = 0; i < 100; i++)
		if (fork() == 0)
			_exit(load_and_close());
	for (int status; wait(&status) > 0;)
		failed |= status;
	return failed ? 99 : 0;
}

/* As runtimes with many threads and a ticking signal do. */
static int signals(void)
{
	struct sigaction action = {.sa_handler = ring, .sa_flags = SA_RESTART};
	struct itimerval often = {{0, 200}, {0, 200}}, never = {{0, 0}, {0, 0}};
	pthread_t threads[4];
	int failed = 0;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, load_many, &failed);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	setitimer(ITIMER_REAL, &never, NULL);
	return failed ? 99 : rung ? 0 : 98;
}

/* A filter of the client's own: with a listener it is refused, without one it changes nothing. */
static int nested(int flags)
{
	struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
	struct sock_fprog filter = {1, &allow};
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter) < 0)
		return errno;
	return load_and_close();
}

static int compat(void)
{
#ifdef __x86_64__
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(357L), "b"(5L), "c"(0L), "d"(0L) : "memory");
	return -result;
#else
	return EPERM;
#endif
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int count = argc > 2 ? atoi(argv[2]) : 1;
	prepare();
	if (!strcmp(what, "load"))
		return load_and_close();
	if (!strcmp(what, "many")) {
		for (int i = 0; i < count; i++)
			if (load_and_close())
				return 99;
		return 0;
	}
	if (!strcmp(what, "denied")) {
		int loaded = 0;
		for (int i = 0; i < count; i++)
			loaded += !load_and_close();
		return loaded == count / 20 ? 0 : 99;
	}
	if (!strcmp(what, "int80"))
		return compat();
	if (!strcmp(what, "x32"))
		return syscall(0x40000000 | SYS_bpf, BPF_PROG_LOAD, &whole, ATTR_SIZE) < 0 ? errno : 0;
	if (!strcmp(what, "high-bits"))
		return syscall(SYS_bpf, 0xdeadbeef00000000UL | BPF_PROG_LOAD, &whole, ATTR_SIZE) < 0 ? errno : 0;
	if (!strcmp(what, "bad-pointer")) {
		attr.insns = 1;
		return load_and_close();
	}
	if (!strcmp(what, "too-long"))
		return syscall(SYS_bpf, BPF_PROG_LOAD, &attr, 5000) < 0 ? errno : 0;
	if (!strcmp(what, "unknown-tail")) {
		char longer[256] = {0};
		memcpy(longer, &whole, ATTR_SIZE);
		longer[200] = 1;
		return syscall(SYS_bpf, BPF_PROG_LOAD, longer, 256) < 0 ? errno : 0;
	}
	if (!strcmp(what, "short"))
		return syscall(SYS_bpf, BPF_PROG_LOAD, &attr, 48) < 0 ? errno : 0;
	if (!strcmp(what, "swap"))
		return swap_attack();
	if (!strcmp(what, "verifier-log"))
		return verifier_log();
	if (!strcmp(what, "denial-log"))
		return denial_log();
	if (!strcmp(what, "crowd"))
		return crowd(count, argc > 3 ? atoi(argv[3]) : 1);
	if (!strcmp(what, "killed"))
		return killed(count);
	if (!strcmp(what, "signals"))
		return signals();
	if (!strcmp(what, "interrupted"))
		return interrupted();
	if (!strcmp(what, "disturb"))
		return disturb(count);
	if (!strcmp(what, "large"))
		return large(count);
	if (!strcmp(what, "nested-filter"))
		return nested(0);
	if (!strcmp(what, "nested-listener"))
		return nested(SECCOMP_FILTER_FLAG_NEW_LISTENER);
	return 97;
}
