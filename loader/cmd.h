/* SPDX-License-Identifier: GPL-2.0-only */
/* The subcommands of bpfload: each gets its own argv and returns the exit status. */
#ifndef CMD_H
#define CMD_H

int cmd_attach(int argc, char **argv);	/* runs a command while programs are attached */
int cmd_check(int argc, char **argv);	/* prints which mechanisms this kernel has */
int cmd_fields(int argc, char **argv);	/* finds members of packets by name */
int cmd_filter(int argc, char **argv);	/* compiles which packets are wanted */
int cmd_find(int argc, char **argv);	/* prints all functions that take a packet */
int cmd_front(int argc, char **argv);	/* tells who sees packets before us */
int cmd_netdevs(int argc, char **argv);	/* prints interfaces, and follows them */
int cmd_list(int argc, char **argv);	/* makes the plan: what is probed, and how */
int cmd_pin(int argc, char **argv);	/* makes and pins maps and classifiers */
int cmd_tcx(int argc, char **argv);	/* attaches classifiers by tcx */
int cmd_trace(int argc, char **argv);	/* attaches the probes and writes records */

#endif /* CMD_H */
