/* SPDX-License-Identifier: GPL-2.0-only */
/* What the programs that send packets share. All end the program on errors. */
#ifndef BENCH_SOCKETS_H
#define BENCH_SOCKETS_H

#define PAYLOAD		(64 - 14 - 20 - 8)	/* 64 bytes with the headers */
#define NS_PER_SEC	1000000000ULL

/* A UDP socket of this network namespace that sends from one address to the other. */
int sockets_sender(const char *from, const char *to);

/* Goes to that network namespace; a UDP socket there that receives. */
int sockets_reader(const char *netns, const char *at);

/* A decimal number from the command line. */
unsigned int sockets_number(const char *text);

/* CLOCK_MONOTONIC in ns. */
unsigned long long sockets_clock(void);

#endif /* BENCH_SOCKETS_H */
