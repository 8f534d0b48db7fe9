# SPDX-License-Identifier: GPL-2.0-only
#
# install.mk: what "make install" puts where, and packages. Part of the Makefile.

VERSION	:= $(shell sed -n 's/^VERSION=\([0-9.]*\).*/\1/p' bpfpath.sh)

PREFIX		?= /usr/local
SBINDIR		?= $(PREFIX)/sbin
LIBEXECDIR	?= $(PREFIX)/libexec
LIBDIR		?= $(PREFIX)/lib
DATADIR		?= $(PREFIX)/share
SYSCONFDIR	?= /etc
MANDIR		?= $(DATADIR)/man
BASHDIR		?= $(DATADIR)/bash-completion/completions
ZSHDIR		?= $(DATADIR)/zsh/site-functions

# Of an object the loader reads no more than this leaves; libbpf neither.
STRIP_BPF ?= llvm-strip -g -R .BTF.ext -R .rel.BTF.ext

# What a run reads, below one directory: what bpfpath.sh sources, what demo runs, lists.
SOURCED	:= $(shell sed -n 's|^\. "$$ROOT/\(scripts/.*\)"$$|\1|p' bpfpath.sh)
LISTS	:= $(wildcard *.list bpf/*.list data/*.list)

# Installed, the command is called bpfpath, and knows its directories.
AS_COMMAND = sed -e 's/bpfpath\.sh/bpfpath/g'
TO_COMMAND = $(AS_COMMAND) \
	-e 's|^ROOT=.*|ROOT=$(DATADIR)/bpfpath|' \
	-e 's|^PROGRAMS=.*|PROGRAMS=$(LIBEXECDIR)/bpfpath|' \
	-e 's|^OBJECTS=.*|OBJECTS=$${BPFPATH_OBJECTS:-$(LIBDIR)/bpfpath}|' \
	-e 's|^LISTS=.*|LISTS=$(SYSCONFDIR)/bpfpath|'
TO_PAGE	= $(AS_COMMAND) -e '/^\.TH/s/"bpfpath"/"bpfpath $(VERSION)"/' \
	-e 's|/usr/local/share/bpfpath|$(DATADIR)/bpfpath|'

# put_objects DIRECTORY: the programs that run in the kernel, of this architecture
define put_objects
	install -d $(1)/kprobe
	install -m 644 $(BUILD)/bpf/$(MACHINE)/*.o $(1)
	install -m 644 $(OWN_OBJECTS) $(1)/kprobe
	$(STRIP_BPF) $(1)/*.o $(1)/kprobe/*.o
endef

# put_lists DIRECTORY
define put_lists
	install -d $(1)/bpf $(1)/data $(1)/scripts
	for file in $(LISTS); do install -m 644 $$file $(1)/$$file || exit; done
endef

install: all
	install -d $(DESTDIR)$(SBINDIR) $(DESTDIR)$(LIBEXECDIR)/bpfpath \
		$(DESTDIR)$(MANDIR)/man8 $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR)
	$(TO_COMMAND) bpfpath.sh >$(DESTDIR)$(SBINDIR)/bpfpath
	chmod 755 $(DESTDIR)$(SBINDIR)/bpfpath
	install -m 755 $(BUILD)/bpfload $(BUILD)/pathreport \
		$(DESTDIR)$(LIBEXECDIR)/bpfpath
	$(call put_objects,$(DESTDIR)$(LIBDIR)/bpfpath)
	$(call put_lists,$(DESTDIR)$(DATADIR)/bpfpath)
	for file in $(SOURCED) scripts/demo.sh scripts/lab.sh; do \
		$(AS_COMMAND) $$file >$(DESTDIR)$(DATADIR)/bpfpath/$$file || exit; \
	done
	chmod 755 $(DESTDIR)$(DATADIR)/bpfpath/scripts/demo.sh \
		$(DESTDIR)$(DATADIR)/bpfpath/scripts/lab.sh
	$(TO_PAGE) Documentation/bpfpath.8 >$(DESTDIR)$(MANDIR)/man8/bpfpath.8
	install -m 644 packaging/completion/bpfpath.bash $(DESTDIR)$(BASHDIR)/bpfpath
	install -m 644 packaging/completion/_bpfpath $(DESTDIR)$(ZSHDIR)/_bpfpath

uninstall:
	rm -rf $(DESTDIR)$(LIBEXECDIR)/bpfpath $(DESTDIR)$(LIBDIR)/bpfpath \
		$(DESTDIR)$(DATADIR)/bpfpath
	rm -f $(DESTDIR)$(SBINDIR)/bpfpath $(DESTDIR)$(MANDIR)/man8/bpfpath.8 \
		$(DESTDIR)$(BASHDIR)/bpfpath $(DESTDIR)$(ZSHDIR)/_bpfpath

