/*
 * Makes whoever serves its loads wait, on pages that userfaultfd or a FUSE file system owes.
 *
 *   waiting exec PAGES              while the log of a denied load is written, another thread executes another program
 *   waiting stuck THREADS PAGES     threads whose attributes are not there; another process loads what is listed meanwhile
 *   waiting slow INSTRUCTIONS       a large load; another process loads what is listed meanwhile
 *
 * PAGES is "userfault", or a directory to mount a file system on. Exits with 0, and prints times in ms; 42 when the memory of the
 * other program was written to, 77 when this machine lacks what it takes, 99 when a listed load fails.
 */
#define _GNU_SOURCE
#include "load.h"
#include <fcntl.h>
#include <linux/fuse.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#define PAGE 4096L
#define PAGES 64
#define VICTIM 0x200000000000L
#define USERFAULT 9 /* stays open in the program that is executed */

static char *missing;
static int asked; /* becomes readable when somebody waits for a page */
static pid_t server;
static char *self;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void userfault(void)
{
	struct uffdio_api api = {.api = UFFD_API};
	missing = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct uffdio_register range = {.range = {(uintptr_t)missing, PAGES * PAGE}, .mode = UFFDIO_REGISTER_MODE_MISSING};
	asked = dup2(syscall(SYS_userfaultfd, O_NONBLOCK), USERFAULT);
	if (asked < 0 || ioctl(asked, UFFDIO_API, &api) || ioctl(asked, UFFDIO_REGISTER, &range))
		exit(77);
}

static int answer(const struct fuse_in_header *request, char *out)
{
	struct fuse_attr file = {.ino = 2, .size = PAGES * PAGE, .mode = S_IFREG | 0666, .nlink = 1};
	struct fuse_attr root = {.ino = 1, .mode = S_IFDIR | 0777, .nlink = 2};
	struct fuse_init_out init = {.major = FUSE_KERNEL_VERSION, .minor = FUSE_KERNEL_MINOR_VERSION, .max_write = PAGE};
	struct fuse_entry_out entry = {.nodeid = 2, .attr = file};
	struct fuse_attr_out attr = {.attr = request->nodeid == 1 ? root : file};
	struct fuse_open_out open = {0};
	switch (request->opcode) {
	case FUSE_INIT:
		memcpy(out, &init, sizeof(init));
		return sizeof(init);
	case FUSE_LOOKUP:
		memcpy(out, &entry, sizeof(entry));
		return sizeof(entry);
	case FUSE_GETATTR:
		memcpy(out, &attr, sizeof(attr));
		return sizeof(attr);
	case FUSE_OPEN:
		memcpy(out, &open, sizeof(open));
		return sizeof(open);
	case FUSE_READ:
		memset(out, 0, ((const struct fuse_read_in *)(request + 1))->size);
		return ((const struct fuse_read_in *)(request + 1))->size;
	default:
		return -ENOSYS;
	}
}

/* Serves one file. Tells of each read by a byte, and answers it after a time, or never. */
static void serve(int fd, int tell, int milliseconds)
{
	static char in[1 << 17], out[1 << 17];
	alarm(40);
	if (milliseconds < 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody is to wait for who holds the output open */
	for (;;) {
		if (read(fd, in, sizeof(in)) < 0) {
			if (errno == EINTR)
				continue;
			_exit(1);
		}
		const struct fuse_in_header *request = (void *)in;
		struct fuse_out_header *header = (void *)out;
		if (request->opcode == FUSE_READ) {
			if (write(tell, "", 1) < 0 || milliseconds < 0)
				continue;
			usleep(milliseconds * 1000);
		}
		int size = answer(request, out + sizeof(*header));
		*header = (struct fuse_out_header){.len = sizeof(*header) + (size < 0 ? 0 : size), .error = size < 0 ? size : 0, .unique = request->unique};
		if (write(fd, out, header->len) < 0 && errno != ENOENT)
			_exit(1);
	}
}

static void file_system(const char *directory, int milliseconds)
{
	char options[64], path[512];
	int tell[2], fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (fd < 0 || pipe(tell) || unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		exit(77);
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", fd);
	if (mount("fuse", directory, "fuse", 0, options))
		exit(77);
	server = fork();
	if (!server)
		serve(fd, tell[1], milliseconds);
	asked = tell[0];
	snprintf(path, sizeof(path), "%s/file", directory);
	int file = open(path, O_RDWR);
	missing = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	close(fd);
	if (file < 0 || missing == MAP_FAILED)
		exit(77);
}

static void pages(const char *from, int milliseconds)
{
	if (!strcmp(from, "userfault"))
		userfault();
	else
		file_system(from, milliseconds);
}

/* The program that is executed: fills a page and looks at it for 4 s, while the pages of the other one arrive. */
static int victim(void)
{
	unsigned char *page = mmap((void *)VICTIM, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (page != (void *)VICTIM)
		return 98;
	memset(page, 0x5a, PAGE);
	for (int round = 0; round < 80; round++) {
		for (int i = 0; i < PAGE; i++)
			if (((volatile unsigned char *)page)[i] != 0x5a) {
				printf("byte %d was written\n", i);
				return 42;
			}
		if (round == 6)
			close(USERFAULT);
		usleep(50000);
	}
	return 0;
}

static void *execute_victim(void *unused)
{
	struct pollfd wait = {.fd = asked, .events = POLLIN};
	printf("%s\n", poll(&wait, 1, 4000) > 0 ? "a page was waited for" : "no page was waited for");
	fflush(stdout);
	execl(self, self, "victim", NULL);
	_exit(98);
	return unused;
}

static int exec_while_written_to(void)
{
	struct bpf_insn code[2];
	pthread_t thread;
	union bpf_attr *attr = mmap((void *)VICTIM, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (attr != (void *)VICTIM)
		return 98;
	describe(attr, code, NOT_LISTED);
	attr->log_level = 1;
	attr->log_size = PAGE;
	attr->log_buf = (uintptr_t)missing;
	pthread_create(&thread, NULL, execute_victim, NULL);
	load(attr);
	for (;;)
		pause();
}

static double timed_load(void)
{
	static union {
		union bpf_attr known;
		char bytes[ATTR_SIZE];
	} attr;
	struct bpf_insn code[2];
	describe(&attr.known, code, LISTED);
	strcpy(attr.known.prog_name, "pass_all");
	double begin = now();
	int fd = load(&attr.known);
	if (fd < 0)
		exit(99);
	close(fd);
	return now() - begin;
}

static void *load_from_missing(void *page)
{
	load((union bpf_attr *)(missing + PAGE * (long)page));
	return NULL;
}

static int beside_stuck(long threads, const char *from)
{
	pid_t process = fork();
	if (!process) {
		pthread_t thread;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		pages(from, -1);
		for (long i = 0; i < threads; i++)
			pthread_create(&thread, NULL, load_from_missing, (void *)i);
		sleep(3); /* and then its server ends, and pages that never come are an error */
		if (server)
			kill(server, SIGKILL);
		for (;;)
			pause();
	}
	double worst = 0;
	int status;
	usleep(500000);
	for (int i = 0; i < 50; i++) {
		double took = timed_load();
		worst = took > worst ? took : worst;
		usleep(20000);
	}
	if (waitpid(process, &status, WNOHANG) > 0)
		return WEXITSTATUS(status);
	kill(process, SIGKILL);
	printf("50 loads, slowest %.1f ms\n", worst);
	return 0;
}

static int large_load(int count)
{
	static union {
		union bpf_attr known;
		char bytes[ATTR_SIZE];
	} attr;
	struct bpf_insn *code = calloc(count, sizeof(*code));
	describe(&attr.known, code, 0);
	for (int i = 0; i < count - 1; i++)
		code[i] = (struct bpf_insn){.code = 0xb7, .imm = i};
	code[count - 1] = (struct bpf_insn){.code = 0x95};
	attr.known.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.known.insn_cnt = count;
	return load(&attr.known);
}

static int beside_slow(int count)
{
	double begin = now(), worst = 0;
	int status, loads = 0;
	pid_t process = fork();
	if (!process)
		_exit(large_load(count) < 0 ? errno : 0);
	usleep(30000);
	while (waitpid(process, &status, WNOHANG) == 0) {
		double took = timed_load();
		worst = took > worst ? took : worst;
		loads++;
		usleep(10000);
	}
	printf("%d loads beside one of %.1f ms, slowest %.1f ms\n", loads, now() - begin, worst);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

int main(int argc, char **argv)
{
	self = argv[0];
	const char *what = argc > 1 ? argv[1] : "";
	if (!strcmp(what, "victim"))
		return victim();
	if (!strcmp(what, "exec")) {
		pages(argv[2], 1500);
		return exec_while_written_to();
	}
	if (!strcmp(what, "stuck"))
		return beside_stuck(atol(argv[2]), argv[3]);
	return strcmp(what, "slow") ? 100 : beside_slow(atoi(argv[2]));
}
