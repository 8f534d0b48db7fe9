// SPDX-License-Identifier: GPL-2.0-only
/*
 * flood FIRST COUNT SENDERS SPARE SOURCE TARGET...
 *
 * Sends COUNT UDP packets from address SOURCE as fast as it can, by raw sockets
 * (raw(7)), each with an IPv4 identification of its own: FIRST, FIRST + 1, …
 * up to 32767, then from 1 on. Their source port is 7000. After each of them
 * come SPARE packets from port 8000, whose identification is 32768 or more. The
 * TARGETs, ADDRESS:PORT, take turns; what follows a packet goes the same way.
 *
 * SENDERS processes share the work, each on a CPU of its own, as far as there are
 * enough; they begin when all of them are ready. A packet that a local filter or
 * queue refuses counts as sent.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARKED		7000
#define OTHER		8000
#define IDS		32768
#define MAX_TARGETS	32

struct packet {
	struct iphdr ip;
	struct udphdr udp;
	char payload[8];
};

static struct packet packet = {
	.ip = { .version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP },
	.payload = "packet!",
};
static struct sockaddr_in targets[MAX_TARGETS];
static int target_count;
static unsigned long first, count, senders, spare;

static struct sockaddr_in parse_target(char *text)
{
	struct sockaddr_in target = { .sin_family = AF_INET };
	char *colon = strchr(text, ':');

	if (!colon)
		errx(2, "'%s': not ADDRESS:PORT", text);
	*colon = '\0';
	target.sin_port = htons(atoi(colon + 1));
	if (!inet_aton(text, &target.sin_addr))
		errx(2, "'%s': not an address", text);
	return target;
}

static void parse(int argc, char **argv)
{
	if (argc < 7 || argc > 6 + MAX_TARGETS)
		errx(2, "usage: see the head of flood.c");
	first = strtoul(argv[1], NULL, 10);
	count = strtoul(argv[2], NULL, 10);
	senders = strtoul(argv[3], NULL, 10);
	spare = strtoul(argv[4], NULL, 10);
	packet.ip.saddr = inet_addr(argv[5]);
	packet.ip.tot_len = htons(sizeof(packet));
	packet.udp.len = htons(sizeof(packet) - sizeof(packet.ip));
	for (int i = 6; i < argc; i++)
		targets[target_count++] = parse_target(argv[i]);
}

static void send_one(int fd, const struct sockaddr_in *to, int port, int id)
{
	struct sockaddr_in address = *to;

	address.sin_port = 0;
	packet.ip.daddr = to->sin_addr.s_addr;
	packet.ip.id = htons(id);
	packet.udp.source = htons(port);
	packet.udp.dest = to->sin_port;
	if (sendto(fd, &packet, sizeof(packet), 0, (struct sockaddr *)&address,
		   sizeof(address)) < 0 &&
	    errno != EPERM && errno != ENOBUFS)
		err(1, "send");
}

/* Every SENDERS'th packet, from @begin on. */
static void send_share(int fd, unsigned long begin)
{
	for (unsigned long i = begin; i < count; i += senders) {
		const struct sockaddr_in *to = &targets[i % target_count];

		send_one(fd, to, MARKED, 1 + (first + i - 1) % (IDS - 1));
		for (unsigned long j = 0; j < spare; j++)
			send_one(fd, to, OTHER,
				 IDS + (first + i * spare + j) % IDS);
	}
}

static void use_cpu(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

/* Says that it is ready by closing its end of one pipe, waits for another's end. */
static pid_t start_sender(unsigned long number, int ready[2], int go[2])
{
	pid_t pid = fork();
	char byte;
	int fd;

	if (pid)
		return pid;
	use_cpu(number % get_nprocs());
	fd = socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
	if (fd < 0)
		err(1, "raw socket");
	close(ready[1]);
	close(go[1]);
	if (read(go[0], &byte, 1) < 0)
		err(1, "pipe");
	send_share(fd, number);
	exit(0);
}

int main(int argc, char **argv)
{
	int ready[2], go[2], status, failed = 0;
	char byte;

	parse(argc, argv);
	if (pipe(ready) || pipe(go))
		err(1, "pipe");
	for (unsigned long i = 0; i < senders; i++)
		if (start_sender(i, ready, go) < 0)
			err(1, "fork");
	close(ready[1]);
	if (read(ready[0], &byte, 1) < 0)
		err(1, "pipe");
	close(go[1]);
	while (wait(&status) > 0)
		failed |= status;
	return failed != 0;
}
