/* What the clients of these tests have in common: loads of two instructions, as a program makes them that has no library. */
#ifndef LOAD_H
#define LOAD_H
#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As long as the attributes of Linux 6.18, whatever the headers here know. */
#define ATTR_SIZE 168

/* The program of the list: XDP_PASS. */
#define LISTED 2

/* Any other. */
#define NOT_LISTED 77

/* Another one that a test may sign: XDP_TX. */
#define SIGNED 3

/* Where Linux 6.18 has signature, signature_size and keyring_id, and KEY_SPEC_USER_KEYRING of linux/keyctl.h. */
#define SIGNATURE_AT 152
#define USER_KEYRING (-4)

/* Describes the load of "r0 = RESULT; exit"; the code is the caller's. */
static inline void describe(union bpf_attr *attr, struct bpf_insn *code, int result)
{
	memset(attr, 0, ATTR_SIZE);
	code[0] = (struct bpf_insn){.code = 0xb7, .imm = result};
	code[1] = (struct bpf_insn){.code = 0x95};
	attr->prog_type = BPF_PROG_TYPE_XDP;
	attr->insn_cnt = 2;
	attr->insns = (uintptr_t)code;
	attr->license = (uintptr_t)"GPL";
}

/* Names a signature that the user keyring is to verify; attr has ATTR_SIZE bytes. */
static inline void set_signature(union bpf_attr *attr, const void *message, uint32_t size)
{
	struct {
		uint64_t signature;
		uint32_t signature_size;
		int32_t keyring_id;
	} fields = {(uintptr_t)message, size, USER_KEYRING};

	memcpy((char *)attr + SIGNATURE_AT, &fields, sizeof(fields));
}

static inline int load(union bpf_attr *attr)
{
	return syscall(SYS_bpf, BPF_PROG_LOAD, attr, ATTR_SIZE);
}

/* What a program returns for one packet; negative when it cannot be run. */
static inline int result_of(int program)
{
	static char packet[64];
	union bpf_attr run = {.test = {.prog_fd = program, .data_in = (uintptr_t)packet, .data_size_in = sizeof(packet)}};
	return syscall(SYS_bpf, BPF_PROG_TEST_RUN, &run, sizeof(run)) ? -1 : (int)run.test.retval;
}
#endif
