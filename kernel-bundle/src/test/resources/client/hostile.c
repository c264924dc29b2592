/* Clients that make the gate wait, or let it meet another process. Exits with 0 when the promise holds; 99 when it is broken; 77 when
 * this machine lacks what the attack needs. What is measured goes to standard output. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/fuse.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096L
#define ATTR_SIZE 168
#define LOG_TRUE_SIZE 140
#define MANY 64

static struct bpf_insn small[2] = {{.code = 0xb7}, {.code = 0x95}};
static char *missing; /* pages that do not come */

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static void prepare(void *attr, struct bpf_insn *code, unsigned count)
{
	union bpf_attr *known = attr;
	memset(attr, 0, ATTR_SIZE);
	known->prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	known->insn_cnt = count;
	known->insns = (uintptr_t)code;
	known->license = (uintptr_t)"GPL";
}

static int load(void *attr)
{
	return syscall(SYS_bpf, BPF_PROG_LOAD, attr, ATTR_SIZE);
}

/* In microseconds; negative when the load failed. */
static double timed_load(void)
{
	char attr[ATTR_SIZE] __attribute__((aligned(8)));
	prepare(attr, small, 2);
	double begin = now();
	int fd = load(attr);
	double took = now() - begin;
	if (fd < 0)
		return -errno;
	close(fd);
	return took;
}

static int compare(const void *a, const void *b)
{
	return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b);
}

/* Loads so often; returns the 99th percentile in microseconds, negative when a load failed. */
static double p99(int loads)
{
	double *times = calloc(loads, sizeof(double));
	for (int i = 0; i < loads; i++) {
		times[i] = timed_load();
		if (times[i] < 0) {
			fprintf(stderr, "load %d: %s\n", i, strerror(-times[i]));
			return -1;
		}
	}
	qsort(times, loads, sizeof(double), compare);
	double result = times[loads * 99 / 100];
	free(times);
	return result;
}

static int userfault(char *at, long size)
{
	int fd = syscall(SYS_userfaultfd, O_NONBLOCK | O_CLOEXEC);
	struct uffdio_api api = {.api = UFFD_API};
	struct uffdio_register range = {.range = {(uintptr_t)at, size}, .mode = UFFDIO_REGISTER_MODE_MISSING};
	if (fd < 0 || ioctl(fd, UFFDIO_API, &api) || ioctl(fd, UFFDIO_REGISTER, &range))
		exit(77);
	return fd;
}

/* Pages that only the owner of a descriptor could fill, who does not. A child does not inherit that, so each process asks for its own. */
static void missing_by_userfault(void)
{
	if (missing)
		return;
	missing = mmap(NULL, MANY * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	userfault(missing, MANY * PAGE);
}

static int flush_never_ends;

/* A file system with one file, whose reads are never answered. */
static void serve(int fd)
{
	static char in[1 << 17];
	for (;;) {
		if (read(fd, in, sizeof(in)) < 0 && errno != EINTR)
			_exit(1);
		struct fuse_in_header *request = (void *)in;
		struct {
			struct fuse_out_header header;
			union {
				struct fuse_init_out init;
				struct fuse_entry_out entry;
				struct fuse_attr_out attr;
				struct fuse_open_out open;
			};
		} out = {.header = {.unique = request->unique}};
		size_t size = 0;
		struct fuse_attr file = {.ino = 2, .size = MANY * PAGE, .mode = S_IFREG | 0666, .nlink = 1};
		struct fuse_attr root = {.ino = 1, .mode = S_IFDIR | 0777, .nlink = 2};
		switch (request->opcode) {
		case FUSE_INIT:
			out.init.major = FUSE_KERNEL_VERSION;
			out.init.minor = FUSE_KERNEL_MINOR_VERSION;
			out.init.max_write = PAGE;
			size = sizeof(out.init);
			break;
		case FUSE_LOOKUP:
			if (!strncmp(in + sizeof(*request), "never", 5))
				continue;
			out.entry.nodeid = 2;
			out.entry.attr = file;
			size = sizeof(out.entry);
			break;
		case FUSE_GETATTR:
			out.attr.attr = request->nodeid == 1 ? root : file;
			size = sizeof(out.attr);
			break;
		case FUSE_OPEN:
			size = sizeof(out.open);
			break;
		case FUSE_READ:
			continue;
		case FUSE_FLUSH:
			if (flush_never_ends)
				continue;
			out.header.error = -ENOSYS;
			break;
		default:
			out.header.error = -ENOSYS;
		}
		out.header.len = sizeof(out.header) + size;
		if (write(fd, &out, out.header.len) < 0 && errno != ENOENT)
			_exit(1);
	}
}

static pid_t server;

static void missing_by_fuse(const char *directory)
{
	char options[64], path[512];
	int fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (fd < 0 || unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		exit(77);
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", fd);
	if (mount("fuse", directory, "fuse", 0, options))
		exit(77);
	server = fork();
	if (!server) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(fd);
	}
	snprintf(path, sizeof(path), "%s/file", directory);
	int file = open(path, O_RDWR);
	missing = mmap(NULL, MANY * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	close(fd);
	if (file < 0 || missing == MAP_FAILED)
		exit(77);
}

static void *load_from_missing(void *page)
{
	load(missing + PAGE * (long)page);
	return NULL;
}

/* Threads of this process wait for pages that do not come. Another process loads meanwhile as fast as before. */
static int stuck(int threads, int loads)
{
	p99(loads); /* the gate's JVM is cold */
	double before = p99(loads);
	pid_t process = fork();
	if (!process) {
		pthread_t thread;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		missing_by_userfault();
		for (long i = 0; i < threads; i++)
			pthread_create(&thread, NULL, load_from_missing, (void *)i);
		for (;;)
			pause();
	}
	usleep(300000);
	double beside = p99(loads);
	kill(process, SIGKILL);
	if (server)
		kill(server, SIGKILL);
	double after = p99(loads);
	printf("p99 us: alone %.0f beside %d stuck threads %.0f alone again %.0f\n", before, threads, beside, after);
	return before < 0 || beside < 0 || after < 0 ? 99 : 0;
}

static char never[512];

static void *look_up_for_ever(void *unused)
{
	char attr[ATTR_SIZE] __attribute__((aligned(8))) = {};
	*(uint64_t *)attr = (uintptr_t)never;
	for (;;)
		syscall(SYS_bpf, BPF_OBJ_GET, attr, sizeof(attr));
	return unused;
}

/* Threads of this process look up a name, again and again, that a file system never answers for. */
static int stuck_paths(int threads, int seconds)
{
	if (!getenv("FUSE_DIRECTORY"))
		return 100;
	snprintf(never, sizeof(never), "%s/never", getenv("FUSE_DIRECTORY"));
	pthread_t thread;
	for (int i = 0; i < threads; i++)
		pthread_create(&thread, NULL, look_up_for_ever, NULL);
	double end = now() + 1e6 * seconds;
	int failed = 0;
	pid_t process = fork();
	if (!process) {
		for (; now() < end; usleep(100000))
			failed |= timed_load() < 0;
		_exit(failed);
	}
	int status;
	waitpid(process, &status, 0);
	kill(server, SIGKILL);
	return status ? 99 : 0;
}

/* Names a file of a file system that never ends a close(2) where a map belongs. */
static int stuck_close(const char *directory, int loads)
{
	char path[512];
	snprintf(path, sizeof(path), "%s/file", directory);
	pid_t process = fork();
	if (!process) {
		char attr[ATTR_SIZE] __attribute__((aligned(8)));
		struct bpf_insn code[4] = {{.code = 0x18, .src_reg = 1}, {}, {.code = 0xb7}, {.code = 0x95}};
		code[0].imm = open(path, O_RDWR);
		prepare(attr, code, 4);
		int fd = load(attr);
		/* An exit would wait for the file system, too. */
		kill(server, SIGKILL);
		_exit(fd < 0 ? errno : 99);
	}
	double beside = p99(loads);
	int status;
	waitpid(process, &status, 0);
	kill(server, SIGKILL);
	return beside < 0 ? 98 : WIFEXITED(status) ? WEXITSTATUS(status) : 97;
}

/* Many processes, each with one stuck thread. */
static int stuck_processes(int processes, int loads)
{
	for (int i = 0; i < processes; i++)
		if (!fork()) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			missing_by_userfault();
			load_from_missing((void *)(long)i);
			_exit(0);
		}
	usleep(300000);
	double beside = p99(loads);
	if (server)
		kill(server, SIGKILL);
	return beside < 0 ? 99 : 0;
}

/* What becomes of the thread that waits itself: it gets its answer in the end. */
static int answered(int seconds)
{
	pid_t process = fork();
	if (!process) {
		alarm(seconds);
		missing_by_userfault();
		int fd = load(missing);
		_exit(fd < 0 ? errno : 99);
	}
	int status;
	waitpid(process, &status, 0);
	if (server)
		kill(server, SIGKILL);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static int large_load(int count)
{
	struct bpf_insn *code = calloc(count, sizeof(*code));
	char attr[ATTR_SIZE] __attribute__((aligned(8)));
	for (int i = 0; i < count - 1; i++)
		code[i] = (struct bpf_insn){.code = 0xb7, .imm = i};
	code[count - 1].code = 0x95;
	prepare(attr, code, count);
	return load(attr);
}

/* One load takes the verifier long. What the slowest of others takes meanwhile, in percent of that, is the exit code, at most 98. */
static int slow(int count)
{
	double begin = now();
	pid_t process = fork();
	if (!process)
		_exit(large_load(count) < 0);
	usleep(30000);
	double worst = 0;
	int status, small_loads = 0;
	while (waitpid(process, &status, WNOHANG) == 0) {
		double took = timed_load();
		if (took < 0)
			return 99;
		worst = took > worst ? took : worst;
		small_loads++;
		usleep(10000);
	}
	printf("%d loads beside one of %d instructions, the slowest %.1f ms\n", small_loads, count, worst / 1000);
	if (status || small_loads < 3)
		return 99;
	double percent = worst * 100 / (now() - begin);
	return percent > 98 ? 98 : percent;
}

/* Users without a right come with large programs; root's small one gets through. The exit code is the error of the former. */
static int without_rights(int processes, int count)
{
	for (int i = 0; i < processes; i++)
		if (!fork()) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
				_exit(99);
			_exit(large_load(count) < 0 ? errno : 99);
		}
	usleep(50000);
	double took = timed_load();
	int first = -1;
	for (int status; wait(&status) > 0;) {
		int code = WIFEXITED(status) ? WEXITSTATUS(status) : 99;
		if (first >= 0 && code != first)
			return 99;
		first = code;
	}
	printf("a small load beside %d without rights took %.1f ms\n", processes, took / 1000);
	return took < 0 ? 99 : first;
}

/* The memory of the program that this process executes next: written by nobody. */
static int victim(const char *address)
{
	volatile unsigned char *page = (void *)strtoul(address, NULL, 16);
	if (mmap((void *)page, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != page)
		return 98;
	memset((void *)page, 0x5a, PAGE);
	for (int round = 0; round < 100; round++) {
		for (int i = 0; i < PAGE; i++)
			if (page[i] != 0x5a)
				return 99;
		usleep(2000);
	}
	return 0;
}

static char *self;

static void *execute_victim(void *wait)
{
	usleep((long)wait);
	execl(self, self, "victim", "200000000000", NULL);
	_exit(98);
}

/* While the gate waits to write into the log, another thread executes another program, which has memory at the same place. */
static int exec_while_writing(int use_fuse, long wait)
{
	char *page = (void *)0x200000000000;
	if (mmap(page, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != page)
		return 98;
	pthread_t thread;
	prepare(page, small, 2);
	union bpf_attr *attr = (void *)page;
	small[0].dst_reg = 1; /* so that the verifier has something to say */
	attr->log_level = 1;
	attr->log_size = PAGE;
	attr->log_buf = use_fuse ? (uintptr_t)missing : (uintptr_t)page + 512;
	pthread_create(&thread, NULL, execute_victim, (void *)wait);
	for (;;)
		if (load(page) >= 0)
			return 97;
}

static int exec_race(int rounds)
{
	for (int i = 0; i < rounds; i++) {
		int status;
		pid_t process = fork();
		if (!process)
			_exit(exec_while_writing(missing != NULL, missing ? 300000 : 1000 + i * 37 % 900));
		waitpid(process, &status, 0);
		if (!WIFEXITED(status) || WEXITSTATUS(status))
			return WIFEXITED(status) ? WEXITSTATUS(status) : 96;
	}
	if (server)
		kill(server, SIGKILL);
	return 0;
}

/* Killed after every possible time, with a log, in one and in several threads; those who live are served meanwhile. */
static void *load_for_ever(void *unused)
{
	char attr[ATTR_SIZE] __attribute__((aligned(8))), log[4096];
	for (;;) {
		prepare(attr, small, 2);
		union bpf_attr *known = (void *)attr;
		known->log_level = 1;
		known->log_size = sizeof(log);
		known->log_buf = (uintptr_t)log;
		int fd = load(attr);
		if (fd >= 0)
			close(fd);
	}
	return unused;
}

static int killed(int clients)
{
	for (int i = 0; i < clients; i++) {
		pid_t process = fork();
		if (!process) {
			pthread_t thread;
			if (i % 2)
				pthread_create(&thread, NULL, load_for_ever, NULL);
			load_for_ever(NULL);
		}
		usleep(300 + i * 7 % 1000);
		kill(process, SIGKILL);
		waitpid(process, NULL, 0);
		if (i % 50 == 0 && timed_load() < 0)
			return 99;
	}
	return timed_load() < 0 ? 99 : 0;
}

int main(int count, char **words)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	self = words[0];
	const char *what = words[1];
	int first = count > 2 ? atoi(words[2]) : 0, second = count > 3 ? atoi(words[3]) : 0;
	if (!strcmp(what, "victim"))
		return victim(words[2]);
	const char *directory = getenv("FUSE_DIRECTORY");
	flush_never_ends = !strcmp(what, "stuck-close");
	if (directory)
		missing_by_fuse(directory);
	if (!strcmp(what, "stuck"))
		return stuck(first, second);
	if (!strcmp(what, "stuck-paths"))
		return stuck_paths(first, second);
	if (!strcmp(what, "stuck-close"))
		return directory ? stuck_close(directory, first) : 100;
	if (!strcmp(what, "stuck-processes"))
		return stuck_processes(first, second);
	if (!strcmp(what, "answered"))
		return answered(first);
	if (!strcmp(what, "slow"))
		return slow(first);
	if (!strcmp(what, "without-rights"))
		return without_rights(first, second);
	if (!strcmp(what, "exec-race"))
		return exec_race(first);
	if (!strcmp(what, "killed"))
		return killed(first);
	return 100;
}
