/* SPDX-License-Identifier: GPL-2.0-only */
/* pathreport --diff */
#ifndef DIFF_CMD_H
#define DIFF_CMD_H

/* Exit statuses, as those of diff(1). */
enum diff_status {
	DIFF_SAME,
	DIFF_OTHER,
	DIFF_TROUBLE,
};

enum diff_status diff_cmd(int argc, char **argv);

#endif /* DIFF_CMD_H */
