// SPDX-License-Identifier: GPL-2.0-only
#include "ifname.h"

#include <errno.h>
#include <net/if.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../kernel/netns.h"

static int open_socket(void *ctx)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	(void)ctx;
	return fd < 0 ? -errno : fd;
}

int ifname_in(const char *netns, uint32_t ifindex, char *name)
{
	struct ifreq request = { .ifr_ifindex = ifindex };
	int fd = netns ? netns_open(netns, open_socket, NULL) : -ENOENT, err = 0;

	if (fd < 0)
		return fd;
	if (ioctl(fd, SIOCGIFNAME, &request))
		err = -errno;
	close(fd);
	if (!err)
		memcpy(name, request.ifr_name, IF_NAMESIZE);
	return err;
}
