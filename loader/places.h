/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interfaces and their hooks, as the driver tells them on stdin: a line for each, its
 * words separated by one tab:
 *
 *	NETNS PATH IFINDEX HOOK FORM
 *
 * NETNS is the inode number of the network namespace and PATH the file that stands for it,
 * "-" our own; HOOK is ingress or egress, FORM ether or l3 (netdev_form()).
 */
#ifndef PLACES_H
#define PLACES_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

struct place {
	ino_t netns;
	int ifindex;
	const char *hook;
	const char *form;
	bool egress;
};

/*
 * Writes where the link that tcx has for the run at a place is pinned, below the run's pins
 * @dir. scripts/front.sh removes it by this name.
 */
void place_pin(char path[PATH_MAX], const char *dir, const struct place *place);

/*
 * Calls at() in the namespace of each line, whose number, from 1, is @line. Namespaces
 * that are gone are left out. 0; what at() has returned when that was not 0; or -errno,
 * and says what is wrong.
 */
int places_visit(int (*at)(void *ctx, const struct place *place, unsigned int line),
		 void *ctx);

#endif /* PLACES_H */
