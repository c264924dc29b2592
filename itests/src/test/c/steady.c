/*
 * Loads the listed program and another one in turn, with a pause between, until a line or the end of standard input comes. Prints then
 * "N listed, N refused, N wrong, last error N", and how long the longest load took in ms.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <stdio.h>
#include <time.h>
#include "load.h"

static long now_ms(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int main(void)
{
	static union {
		union bpf_attr attr;
		char all[ATTR_SIZE];
	} room;
	struct bpf_insn code[2];
	struct pollfd in = {.fd = 0, .events = POLLIN};
	int listed = 0, refused = 0, wrong = 0, last = 0;
	long longest = 0;

	puts("begun");
	fflush(stdout);
	for (int i = 0; poll(&in, 1, 60) == 0; i++) {
		long start = now_ms();
		describe(&room.attr, code, i % 2 ? NOT_LISTED : LISTED);
		int program = load(&room.attr);
		int error = program < 0 ? errno : 0;
		if (now_ms() - start > longest)
			longest = now_ms() - start;
		if (program >= 0)
			close(program);
		if (i % 2 == 0 && error == 0)
			listed++;
		else if (i % 2 == 1 && error == EACCES)
			refused++;
		else {
			wrong++;
			last = error;
		}
	}
	printf("%d listed, %d refused, %d wrong, last error %d, longest %ld ms\n", listed, refused, wrong, last, longest);
	return 0;
}
