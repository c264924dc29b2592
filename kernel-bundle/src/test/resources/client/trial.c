/*
 * Loads small programs as a loader does that tries the kernel, and tells what it got.
 *
 * trial accepted    a kprobe program that calls a helper: prints the length of the instructions that the kernel has for the
 *                   descriptor, which is 16 for "r0 = 0; exit" and 24 for the program itself
 * trial refused     one that the verifier refuses: exits with the error, prints the last line of the log
 * trial large       more instructions than are tried
 * trial map         one that uses a map
 * trial race        a thread asks for every new program by its number while the main thread has programs tried; prints how many of
 *                   its own instructions it ever saw
 */
#include <errno.h>
#include <linux/bpf.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char log_text[4096];

static long bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

static int load(const struct bpf_insn *code, int count)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_KPROBE;
	attr.insns = (unsigned long)code;
	attr.insn_cnt = count;
	attr.license = (unsigned long)"GPL";
	attr.log_buf = (unsigned long)log_text;
	attr.log_size = sizeof(log_text);
	attr.log_level = 1;
	return bpf(BPF_PROG_LOAD, &attr);
}

static int length(int fd)
{
	struct bpf_prog_info info;
	union bpf_attr attr;

	memset(&info, 0, sizeof(info));
	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = (unsigned long)&info;
	return bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) ? -errno : (int)info.xlated_prog_len;
}

#define INSN(c, r, i) { .code = c, .dst_reg = r, .imm = i }

static const struct bpf_insn accepted[] = { INSN(0xb7, 0, 0), INSN(0xb7, 0, 7), INSN(0x95, 0, 0) };
static const struct bpf_insn refused[] = { INSN(0x95, 0, 0) };
static const struct bpf_insn with_map[] = {
	{ .code = 0x18, .dst_reg = 1, .src_reg = BPF_PSEUDO_MAP_FD }, { 0 }, INSN(0xb7, 0, 0), INSN(0x95, 0, 0)
};

static atomic_int done;
static int seen;

static void *look(void *unused)
{
	unsigned int id = 0;

	while (!atomic_load(&done)) {
		union bpf_attr attr;
		int fd;

		memset(&attr, 0, sizeof(attr));
		attr.start_id = id;
		if (bpf(BPF_PROG_GET_NEXT_ID, &attr)) {
			continue;
		}
		id = attr.next_id;
		memset(&attr, 0, sizeof(attr));
		attr.prog_id = id;
		fd = bpf(BPF_PROG_GET_FD_BY_ID, &attr);
		if (fd >= 0) {
			if (length(fd) == sizeof(accepted)) {
				seen++;
			}
			close(fd);
		}
	}
	return unused;
}

static int race(void)
{
	pthread_t thread;
	int i;

	if (pthread_create(&thread, NULL, look, NULL)) {
		return 1;
	}
	for (i = 0; i < 100; i++) {
		int fd = load(accepted, 3);

		if (fd < 0) {
			return errno;
		}
		close(fd);
	}
	atomic_store(&done, 1);
	pthread_join(thread, NULL);
	printf("%d\n", seen);
	return 0;
}

int main(int argc, char **argv)
{
	struct bpf_insn large[33];
	struct bpf_insn mapped[4];
	union bpf_attr attr;
	int fd, i;

	if (argc < 2) {
		return 1;
	}
	if (!strcmp(argv[1], "race")) {
		return race();
	}
	if (!strcmp(argv[1], "accepted")) {
		fd = load(accepted, 3);
	} else if (!strcmp(argv[1], "refused")) {
		fd = load(refused, 1);
	} else if (!strcmp(argv[1], "large")) {
		for (i = 0; i < 32; i++) {
			large[i] = accepted[0];
		}
		large[32] = accepted[2];
		fd = load(large, 33);
	} else {
		memset(&attr, 0, sizeof(attr));
		attr.map_type = BPF_MAP_TYPE_ARRAY;
		attr.key_size = 4;
		attr.value_size = 4;
		attr.max_entries = 1;
		memcpy(mapped, with_map, sizeof(mapped));
		mapped[0].imm = bpf(BPF_MAP_CREATE, &attr);
		fd = load(mapped, 4);
	}
	if (fd < 0) {
		fd = errno;
		log_text[strcspn(log_text, "\n")] = 0;
		printf("%s\n", log_text);
		return fd;
	}
	printf("%d\n", length(fd));
	return 0;
}
