/* SPDX-License-Identifier: GPL-2.0-only */
/* The subcommands of bpfload: each gets its own argv and returns the exit status. */
#ifndef CMD_H
#define CMD_H

int cmd_attach(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_filter(int argc, char **argv);
int cmd_find(int argc, char **argv);
int cmd_netdevs(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_pin(int argc, char **argv);
int cmd_trace(int argc, char **argv);

#endif /* CMD_H */
