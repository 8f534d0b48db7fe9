// SPDX-License-Identifier: GPL-2.0-only
#include "prog.h"
#include "../input/utf8.h"

#include <inttypes.h>
#include <string.h>

/* Of a flow dissector it means no more than that it cannot read the packet. */
static bool drops(const struct record *step)
{
	const char *verdict = step->prog.known && step->hook ? step->verdict : NULL;

	return verdict && (!strcmp(verdict, "TC_ACT_SHOT") || !strcmp(verdict, "drop") ||
			   (!strcmp(verdict, "BPF_DROP") && !strcmp(step->hook, "lwt")));
}

static bool is_xdp(const struct record *step)
{
	return step->prog.known && step->hook && !strcmp(step->hook, "xdp") && step->verdict;
}

/* A socket of AF_XDP has got it. */
static bool is_socket(const struct record *step)
{
	return !step->prog.known && step->hook && !strcmp(step->hook, "xdp") && step->verdict;
}

/*
 * The program of XDP by whose verdict the packet ends, or the socket: that is its last step,
 * @count is how many there are before those that free it.
 */
static const struct record *xdp_decided(const struct path *p, size_t count)
{
	const struct record *last = p->count ? p->steps[p->count - 1] : NULL;
	bool sent;

	if (!last || p->state == PATH_INCOMPLETE)
		return NULL;
	if (path_how(p) == HOW_CONSUMED && is_socket(last))
		return last;
	if (path_how(p) == HOW_CONSUMED && count && is_socket(p->steps[count - 1]))
		return p->steps[count - 1];
	if (!is_xdp(last))
		return NULL;
	sent = !strcmp(last->verdict, "XDP_TX");
	return path_how(p) == (sent ? HOW_CONSUMED : HOW_DROPPED) ? last : NULL;
}

const struct record *prog_decided(const struct path *p, size_t count)
{
	const struct record *xdp = xdp_decided(p, count);

	if (xdp)
		return xdp;
	if (path_how(p) != HOW_DROPPED || !count || p->state == PATH_INCOMPLETE ||
	    !drops(p->steps[count - 1]))
		return NULL;
	return p->steps[count - 1];
}

static void put_text(FILE *out, const char *before, const char *text)
{
	fputs(before, out);
	fputs(text ? text : "-", out);
}

static bool is_netkit(const char *hook)
{
	return !strcmp(hook, "netkit");
}

static bool is_tc(const char *hook)
{
	return !strncmp(hook, "tc", 2) || is_netkit(hook);
}

static void xdp_verdict(FILE *out, const struct record *step)
{
	bool sent = !strcmp(step->verdict, "XDP_TX");

	if (is_socket(step)) {
		fputs("delivered ", out);
		utf8_print(out, step->verdict);
		return;
	}
	fputs(sent ? "sent back by" : "dropped by", out);
	put_text(out, " XDP program ", step->func);
	fprintf(out, " (id %" PRIu64 ")", step->prog.value);
	if (step->ifname)
		put_text(out, " at ", step->ifname);
	put_text(out, ": ", step->verdict);
}

/* The device of netkit's program is the other end by then (netkit_xmit()). */
void prog_verdict(FILE *out, const struct record *step)
{
	const char *hook = step->hook ? step->hook : "-", *slash = strchr(hook, '/');

	if (is_xdp(step) || is_socket(step)) {
		xdp_verdict(out, step);
		return;
	}
	fputs("dropped by ", out);
	fputs(is_tc(hook) ? "tc" : "BPF", out);
	put_text(out, " program ", step->func);
	fprintf(out, " (id %" PRIu64 ") at ", step->prog.value);
	if (slash)
		fprintf(out, "%.*s %s", (int)(slash - hook), hook, slash + 1);
	else
		fputs(hook, out);
	if (step->ifname)
		put_text(out, is_netkit(hook) ? " to " : " of ", step->ifname);
	put_text(out, ": ", step->verdict);
}

bool prog_attached(const struct path *p)
{
	return path_how(p) == HOW_DROPPED && p->end && p->end->prog.known && p->end->hook;
}

void prog_place(FILE *out, const struct record *end)
{
	const char *slash = strchr(end->hook, '/');

	if (slash)
		fprintf(out, "dropped at %.*s %s", (int)(slash - end->hook), end->hook,
			slash + 1);
	else
		put_text(out, "dropped at ", end->hook);
	if (end->ifname)
		put_text(out, " of ", end->ifname);
	put_text(out, ", where program ", end->rule);
	fprintf(out, " (id %" PRIu64 ") is attached alone", end->prog.value);
}

void prog_next(FILE *out, const struct record *step)
{
	if (is_socket(step))
		fputs("ss -f xdp -ap", out);
	else
		fprintf(out, "bpftool prog show id %" PRIu64, step->prog.value);
}

void prog_print(FILE *out, const struct record *step)
{
	if (!step->prog.known) {
		if (step->verdict) {
			fputs(": ", out);
			utf8_print(out, step->verdict);
		}
		return;
	}
	fprintf(out, " (id %" PRIu64 ")", step->prog.value);
	if (step->hook) {
		putc(' ', out);
		utf8_print(out, step->hook);
	}
	if (step->verdict) {
		putc(' ', out);
		utf8_print(out, step->verdict);
	}
}
