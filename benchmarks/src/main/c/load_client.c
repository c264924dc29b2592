/*
 * Loads one BPF program again and again and prints what a load takes, with the close(2) of its descriptor.
 * usage: load_client LOADS INSTRUCTIONS [SIGNATURE [vary]]
 *
 * With "vary" each load has other bytes behind its signature, zeros in number, which is as good a signature and not the same.
 * As many loads before those that count warm up whoever answers. Prints the median and the 99th percentile in nanoseconds, and
 * the error number that all loads had, 0 when they succeeded. Fails when loads end differently.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <linux/bpf.h>

#define NANOS_PER_SECOND 1000000000LL
#define MAX_FILE 65536
#define SLOT 8
/* KEY_SPEC_USER_KEYRING of linux/keyctl.h. */
#define USER_KEYRING (-4)

/* As long as that of Linux 6.18, whatever the headers here know. */
static union {
	union bpf_attr known;
	struct {
		unsigned char before[152];
		uint64_t signature;
		uint32_t signature_size;
		int32_t keyring_id;
	} last;
} attr;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int read_file(const char *path, unsigned char *into)
{
	FILE *file = fopen(path, "rb");
	int size;

	if (!file)
		die(path);
	size = (int)fread(into, 1, MAX_FILE, file);
	fclose(file);
	return size;
}

static void prepare(int argc, char **argv)
{
	static unsigned char code[MAX_FILE], signature[MAX_FILE];

	attr.known.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.known.insn_cnt = read_file(argv[2], code) / SLOT;
	attr.known.insns = (uintptr_t)code;
	attr.known.license = (uintptr_t)"GPL";
	if (argc > 3) {
		attr.last.signature_size = read_file(argv[3], signature);
		attr.last.signature = (uintptr_t)signature;
		attr.last.keyring_id = USER_KEYRING;
	}
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * NANOS_PER_SECOND + time.tv_nsec;
}

/* More variants than a cache of 1,024 signatures holds. */
static void vary(void)
{
	static uint32_t size, more;

	if (!size)
		size = attr.last.signature_size;
	more = (more + 1) % 2048;
	attr.last.signature_size = size + more;
}

static int load(void)
{
	int fd = syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int ascending(const void *left, const void *right)
{
	long long a = *(const long long *)left, b = *(const long long *)right;

	return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
	int loads = argc < 3 ? 0 : atoi(argv[1]);
	long long *nanos = calloc(loads > 0 ? loads : 1, sizeof(*nanos));
	int result;

	if (loads < 1 || !nanos) {
		fprintf(stderr, "usage: load_client LOADS INSTRUCTIONS [SIGNATURE [vary]]\n");
		return 1;
	}
	prepare(argc, argv);
	result = load();
	for (int i = -loads; i < loads; i++) {
		long long start;

		if (argc > 4)
			vary();
		start = now();
		if (load() != result) {
			fprintf(stderr, "load_client: loads end differently\n");
			return 1;
		}
		if (i >= 0)
			nanos[i] = now() - start;
	}
	qsort(nanos, loads, sizeof(*nanos), ascending);
	printf("%lld %lld %d\n", nanos[loads / 2], nanos[(long long)loads * 99 / 100], result);
	return 0;
}
