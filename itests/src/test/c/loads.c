/*
 * Loads a tiny program again and again, until that fails, and a thousand times more. Writes to the file that it is given: "started" after
 * the first load, and in the end how many loads went well, with which error the first failed, and how many failed in the same way.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include "socket_filter.h"

static void say(const char *path, const char *text)
{
	char draft[4096];
	snprintf(draft, sizeof(draft), "%s.draft", path);
	FILE *file = fopen(draft, "w");
	fputs(text, file);
	fclose(file);
	rename(draft, path);
}

int main(int argc, char **argv)
{
	char text[128];
	int fd, loaded = 0, same = 1;
	if (argc != 2)
		return 99;
	while ((fd = load_socket_filter()) >= 0) {
		close(fd);
		if (loaded++ == 0)
			say(argv[1], "started");
	}
	int first = errno;
	for (int i = 0; i < 1000; i++)
		same += load_socket_filter() < 0 && errno == first;
	snprintf(text, sizeof(text), "%s, error %d, %d times", loaded ? "loaded" : "never loaded", first, same);
	say(argv[1], text);
	return 0;
}
