/* A client of bpf(2) commands other than loads. Exits with 0 for success, else with the error number; 99 when a promise is broken. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ATTR_SIZE 168
#define TOKEN_CREATE 36
#define PATH_FD_FLAG (1U << 14)

static union {
	union bpf_attr known;
	unsigned char bytes[ATTR_SIZE];
	uint32_t words[ATTR_SIZE / 4];
} whole;
#define attr whole.known

static int bpf(int command)
{
	return syscall(SYS_bpf, command, &whole, ATTR_SIZE);
}

static void begin(void)
{
	memset(&whole, 0, sizeof(whole));
}

static void fail_with(int code)
{
	exit(code);
}

static int need(int result)
{
	if (result < 0)
		fail_with(errno);
	return result;
}

static int load(void)
{
	static struct bpf_insn code[2] = {{.code = 0xb7}, {.code = 0x95}};
	begin();
	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.insn_cnt = 2;
	attr.insns = (uintptr_t)code;
	attr.license = (uintptr_t)"GPL";
	strcpy(attr.prog_name, "returns_0");
	return need(bpf(BPF_PROG_LOAD));
}

static int create(unsigned flags)
{
	begin();
	attr.map_type = BPF_MAP_TYPE_ARRAY;
	attr.key_size = 4;
	attr.value_size = 8;
	attr.max_entries = 3;
	attr.map_flags = flags;
	strcpy(attr.map_name, "counts");
	return need(bpf(BPF_MAP_CREATE));
}

static void must_work(int map)
{
	uint32_t key = 2;
	uint64_t value = 42, found = 0;
	begin();
	attr.map_fd = map;
	attr.key = (uintptr_t)&key;
	attr.value = (uintptr_t)&value;
	need(bpf(BPF_MAP_UPDATE_ELEM));
	attr.value = (uintptr_t)&found;
	need(bpf(BPF_MAP_LOOKUP_ELEM));
	if (found != 42 || !(fcntl(map, F_GETFD) & FD_CLOEXEC))
		fail_with(99);
}

/* The first words of both kinds of info are type and id. */
static unsigned id_of(int fd)
{
	uint32_t info[64] = {0};
	begin();
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = (uintptr_t)info;
	need(bpf(BPF_OBJ_GET_INFO_BY_FD));
	return info[1];
}

static int by_id(int command, int fd, unsigned flags)
{
	unsigned id = id_of(fd);
	begin();
	attr.prog_id = id;
	attr.open_flags = flags;
	int again = need(bpf(command));
	return id_of(again) == id ? again : (fail_with(99), -1);
}

static void pin(int fd, const char *path)
{
	begin();
	attr.pathname = (uintptr_t)path;
	attr.bpf_fd = fd;
	need(bpf(BPF_OBJ_PIN));
}

static int get(const char *path, unsigned flags, int directory)
{
	begin();
	attr.pathname = (uintptr_t)path;
	attr.file_flags = flags;
	whole.words[4] = directory;
	return bpf(BPF_OBJ_GET);
}

/* A BPF file system that only this process sees. */
static void own_file_system(const char *directory)
{
	need(unshare(CLONE_NEWNS));
	need(mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL));
	need(mount("bpf", directory, "bpf", 0, "mode=0755"));
	need(chdir(directory));
}

static int paths(const char *what, const char *directory)
{
	char path[4096];
	own_file_system(directory);
	int program = load();
	unsigned id = id_of(program);
	snprintf(path, sizeof(path), "%s/program", directory);
	pin(program, path);
	need(chmod(path, 0600));
	int found;
	if (!strcmp(what, "get-absolute"))
		found = need(get(path, 0, 0));
	else if (!strcmp(what, "get-relative"))
		found = need(get("./program", 0, 0));
	else if (!strcmp(what, "get-below"))
		found = need(get("program", PATH_FD_FLAG, need(open(directory, O_PATH))));
	else if (!strcmp(what, "get-link")) {
		need(symlink("program", "link"));
		found = need(get("link", 0, 0));
	} else if (!strcmp(what, "get-chroot")) {
		need(chroot("."));
		found = need(get("/../program", 0, 0));
	} else if (!strcmp(what, "get-missing"))
		found = need(get("nowhere", 0, 0));
	else if (!strcmp(what, "get-no-text"))
		found = need(get((const char *)1, 0, 0));
	else if (!strcmp(what, "get-too-long")) {
		memset(path, 'a', sizeof(path));
		path[sizeof(path) - 1] = 0;
		path[0] = '/';
		found = need(get(path, 0, 0));
	} else if (!strcmp(what, "get-as-another")) {
		need(setegid(65534));
		need(seteuid(65534));
		found = need(get("program", 0, 0));
	} else if (!strcmp(what, "get-as-fsuid")) {
		setfsuid(65534);
		found = need(get("program", 0, 0));
	} else if (!strcmp(what, "get-magic")) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d/program", need(open(".", O_PATH)));
		found = need(get(path, 0, 0));
	} else if (!strcmp(what, "get-self-root")) {
		/* The way out of a root that would be there if the gate looked the path up as itself. */
		snprintf(path, sizeof(path), "/proc/self/root%s/program", directory);
		need(mkdir("proc", 0755));
		need(mount("proc", "proc", "proc", 0, NULL));
		need(chroot("."));
		found = get(path, 0, 0);
		int error = errno;
		need(umount2("/proc", MNT_DETACH));
		need(rmdir("/proc"));
		return found >= 0 ? 99 : error;
	} else if (!strcmp(what, "get-map")) {
		pin(create(0), "map");
		must_work(need(get("map", 0, 0)));
		return 0;
	} else
		return 97;
	return id_of(found) == id ? 0 : 99;
}

static int token(const char *directory)
{
	own_file_system(directory);
	begin();
	whole.words[1] = need(open(directory, O_DIRECTORY | O_RDONLY));
	return bpf(TOKEN_CREATE) < 0 ? errno : 0;
}

static int map_of_maps(void)
{
	int inner = create(0);
	begin();
	attr.map_type = BPF_MAP_TYPE_ARRAY_OF_MAPS;
	attr.key_size = 4;
	attr.value_size = 4;
	attr.max_entries = 1;
	attr.inner_map_fd = inner;
	need(bpf(BPF_MAP_CREATE));
	return 0;
}

/* An integer and an array's index type, as libbpf describes them; and a map whose keys and values are of these types. */
static int map_with_types(void)
{
	static struct {
		uint16_t magic;
		uint8_t version, flags;
		uint32_t header, type_offset, type_size, text_offset, text_size;
		uint32_t four[4], eight[4];
		char text[8];
	} btf = {0xeb9f, 1, 0, 24, 0, 32, 32, 8, {1, 1 << 24, 4, 32}, {1, 1 << 24, 8, 64}, "\0int"};
	begin();
	attr.btf = (uintptr_t)&btf;
	attr.btf_size = sizeof(btf);
	int types = need(bpf(BPF_BTF_LOAD));
	begin();
	attr.map_type = BPF_MAP_TYPE_ARRAY;
	attr.key_size = 4;
	attr.value_size = 8;
	attr.max_entries = 1;
	attr.btf_fd = types;
	attr.btf_key_type_id = 1;
	attr.btf_value_type_id = 2;
	need(bpf(BPF_MAP_CREATE));
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	const char *directory = argc > 2 ? argv[2] : "";
	if (!strcmp(what, "map"))
		must_work(create(0));
	else if (!strcmp(what, "map-of-maps"))
		return map_of_maps();
	else if (!strcmp(what, "map-with-types"))
		return map_with_types();
	else if (!strcmp(what, "map-exclusive")) {
		begin();
		attr.map_type = BPF_MAP_TYPE_ARRAY;
		attr.key_size = 4;
		attr.value_size = 8;
		attr.max_entries = 1;
		static unsigned char hash[32];
		*(uint64_t *)(whole.bytes + 80) = (uintptr_t)hash;
		whole.words[22] = 32;
		need(bpf(BPF_MAP_CREATE));
	} else if (!strcmp(what, "map-wrong"))
		create(BPF_F_RDONLY | BPF_F_WRONLY);
	else if (!strcmp(what, "map-wrong-tail")) {
		begin();
		whole.bytes[100] = 1;
		return bpf(BPF_MAP_CREATE) < 0 ? errno : 0;
	} else if (!strcmp(what, "map-by-id"))
		must_work(by_id(BPF_MAP_GET_FD_BY_ID, create(0), 0));
	else if (!strcmp(what, "map-by-id-to-read")) {
		uint32_t key = 0;
		uint64_t value = 0;
		int map = by_id(BPF_MAP_GET_FD_BY_ID, create(0), BPF_F_RDONLY);
		begin();
		attr.map_fd = map;
		attr.key = (uintptr_t)&key;
		attr.value = (uintptr_t)&value;
		return bpf(BPF_MAP_UPDATE_ELEM) < 0 ? errno : 99;
	} else if (!strcmp(what, "program-by-id"))
		by_id(BPF_PROG_GET_FD_BY_ID, load(), 0);
	else if (!strcmp(what, "program-without-rights")) {
		int program = load();
		unsigned id = id_of(program);
		need(setuid(65534));
		begin();
		attr.prog_id = id;
		return bpf(BPF_PROG_GET_FD_BY_ID) < 0 ? errno : 0;
	} else if (!strcmp(what, "token"))
		return token(directory);
	else if (!strcmp(what, "attach")) {
		begin();
		attr.target_fd = attr.attach_bpf_fd = 999;
		attr.attach_type = BPF_CGROUP_DEVICE;
		return bpf(BPF_PROG_ATTACH) < 0 ? errno : 0;
	} else if (!strcmp(what, "unknown"))
		return syscall(SYS_bpf, 1000, &whole, ATTR_SIZE) < 0 ? errno : 0;
	else
		return paths(what, directory);
	return 0;
}
