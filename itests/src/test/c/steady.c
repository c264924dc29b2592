/*
 * usage: steady PAUSE [SIGNATURE]
 *
 * Loads the listed program, another one, and with a SIGNATURE the signed program in turn, with a pause of so many ms between, until a line or the end of
 * standard input comes. Prints then "N listed, N signed, N refused, N wrong, last error N", and how long the longest load took in ms.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "load.h"

static long now_ms(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Reads the message into static memory, and names it in the attributes as Linux 6.18 has them. */
static void sign(union bpf_attr *attr, const char *path)
{
	static char message[65536];
	static uint32_t size;

	if (!size) {
		FILE *file = fopen(path, "rb");

		if (!file || !(size = fread(message, 1, sizeof(message), file))) {
			perror(path);
			exit(1);
		}
		fclose(file);
	}
	set_signature(attr, message, size);
}

int main(int argc, char **argv)
{
	static union {
		union bpf_attr attr;
		char all[ATTR_SIZE];
	} room;
	struct bpf_insn code[2];
	struct pollfd in = {.fd = 0, .events = POLLIN};
	const int programs[] = {LISTED, NOT_LISTED, SIGNED};
	int pause = argc > 1 ? atoi(argv[1]) : 0, right[3] = {0}, wrong = 0, last = 0;
	long longest = 0;

	puts("begun");
	fflush(stdout);
	for (int i = 0; poll(&in, 1, pause) == 0; i = (i + 1) % (argc > 2 ? 3 : 2)) {
		describe(&room.attr, code, programs[i]);
		if (programs[i] == SIGNED)
			sign(&room.attr, argv[2]);
		long start = now_ms();
		int program = load(&room.attr);
		int error = program < 0 ? errno : 0;
		if (now_ms() - start > longest)
			longest = now_ms() - start;
		if (program >= 0)
			close(program);
		if (error == (programs[i] == NOT_LISTED ? EACCES : 0))
			right[i]++;
		else {
			wrong++;
			last = error;
		}
	}
	printf("%d listed, %d signed, %d refused, %d wrong, last error %d, longest %ld ms\n", right[0], right[2], right[1], wrong, last,
	       longest);
	return 0;
}
