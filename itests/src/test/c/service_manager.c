/*
 * What a gate sees of systemd, for machines without it: runs a command, keeps the descriptors that it sends with FDSTORE=1 to NOTIFY_SOCKET,
 * and starts it again with them in LISTEN_FDS when it has ended. Prints "started PID", "READY", "stored NAME", "removed NAME". Ends with its
 * standard input, and ends the command before by SIGTERM. With "-n" before the command it keeps no descriptors.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 200

static struct {
	char name[64];
	int fd;
} store[MOST];
static int stored;

static pid_t start(char **command, const char *address)
{
	pid_t pid = fork();
	if (pid == 0) {
		char names[MOST * 65] = "", text[32];
		/* Out of the way first. */
		for (int i = 0; i < stored; i++)
			store[i].fd = fcntl(store[i].fd, F_DUPFD, 500 + MOST);
		for (int i = 0; i < stored; i++) {
			dup2(store[i].fd, 3 + i);
			close(store[i].fd);
			strcat(strcat(names, i ? ":" : ""), store[i].name);
		}
		if (stored) {
			snprintf(text, sizeof(text), "%d", stored);
			setenv("LISTEN_FDS", text, 1);
			setenv("LISTEN_FDNAMES", names, 1);
			snprintf(text, sizeof(text), "%d", getpid());
			setenv("LISTEN_PID", text, 1);
		}
		setenv("NOTIFY_SOCKET", address, 1);
		int null = open("/dev/null", O_RDONLY);
		dup2(null, 0);
		if (null > 2)
			close(null);
		dup2(2, 1);
		execv(command[0], command);
		_exit(127);
	}
	printf("started %d\n", pid);
	return pid;
}

/* Returns 0 when there is no message. */
static int take(int notify, int keeps)
{
	char text[4096], control[CMSG_SPACE(sizeof(int))];
	struct iovec bytes = {text, sizeof(text) - 1};
	struct msghdr message = {
		.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control)};
	ssize_t length = recvmsg(notify, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (length < 0)
		return 0;
	text[length] = 0;
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	int fd = header && header->cmsg_type == SCM_RIGHTS ? *(int *)CMSG_DATA(header) : -1;
	char *name = strstr(text, "FDNAME=");
	if (name)
		name = strndup(name + 7, strcspn(name + 7, "\n"));
	if (fd >= 0 && keeps && name && stored < MOST && strstr(text, "FDSTORE=1")) {
		snprintf(store[stored].name, sizeof(store[stored].name), "%s", name);
		store[stored++].fd = fd;
		printf("stored %s\n", name);
	} else if (fd >= 0) {
		close(fd);
	}
	if (name && strstr(text, "FDSTOREREMOVE=1")) {
		for (int i = stored - 1; i >= 0; i--) {
			if (!strcmp(store[i].name, name)) {
				close(store[i].fd);
				store[i] = store[--stored];
				printf("removed %s\n", name);
			}
		}
	}
	if (strstr(text, "READY=1"))
		puts("READY");
	free(name);
	return 1;
}

int main(int argc, char **argv)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int keeps = argc < 4 || strcmp(argv[2], "-n");
	char **command = argv + (keeps ? 2 : 3);
	if (argc < 3)
		return 99;
	setvbuf(stdout, NULL, _IOLBF, 0);
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", argv[1]);
	unlink(argv[1]);
	int notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (bind(notify, (struct sockaddr *)&address, sizeof(address)))
		return 98;
	pid_t pid = start(command, argv[1]);
	while (1) {
		struct pollfd wait[] = {{.fd = notify, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
		poll(wait, 2, 20);
		while (take(notify, keeps))
			;
		if (wait[1].revents) {
			kill(pid, SIGTERM);
			waitpid(pid, NULL, 0);
			return 0;
		}
		if (waitpid(pid, NULL, WNOHANG) == pid) {
			while (take(notify, keeps))
				;
			pid = start(command, argv[1]);
		}
	}
}
