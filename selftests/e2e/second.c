// SPDX-License-Identifier: GPL-2.0-only
/*
 * second ADDRESS PORT: its second thread, which is named "second", prints its own
 * number and sends a datagram there.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void *send_one(void *to)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	prctl(PR_SET_NAME, "second");
	printf("%d\n", gettid());
	if (fd < 0 || sendto(fd, "x", 1, 0, to, sizeof(struct sockaddr_in)) != 1)
		err(1, "sendto");
	return NULL;
}

int main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	pthread_t thread;

	if (argc != 3 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1)
		errx(2, "usage: second ADDRESS PORT");
	to.sin_port = htons(atoi(argv[2]));
	errno = pthread_create(&thread, NULL, send_one, &to);
	if (errno)
		err(1, "pthread_create");
	pthread_join(thread, NULL);
	return 0;
}
