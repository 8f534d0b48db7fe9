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

# Installed, the command is called bpfpath, and knows its directories and its shell.
AS_COMMAND = sed -e 's/bpfpath\.sh/bpfpath/g' -e '1s|/usr/bin/env bash|/bin/bash|'
TO_COMMAND = $(AS_COMMAND) \
	-e 's|^ROOT=.*|ROOT=$(DATADIR)/bpfpath|' \
	-e 's|^PROGRAMS=.*|PROGRAMS=$(LIBEXECDIR)/bpfpath|' \
	-e 's|^OBJECTS=.*|OBJECTS=$${BPFPATH_OBJECTS:-$(LIBDIR)/bpfpath}|' \
	-e 's|^LISTS=.*|LISTS=$(SYSCONFDIR)/bpfpath|'
TO_PAGE	= $(AS_COMMAND) -e '/^\.TH/s/"bpfpath"/"bpfpath $(VERSION)"/' \
	-e 's|/usr/local/share/bpfpath|$(DATADIR)/bpfpath|'

# put_objects DIRECTORY: the programs that run in the kernel, of this architecture;
# those of an older list of functions go
define put_objects
	rm -rf $(1)/kprobe
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

# The bundle: one directory that looks as a source tree does after make, without the
# sources; its programs are linked statically.
NAME	= bpfpath-$(VERSION)
BUNDLE	= $(BUILD)/$(NAME)-$(MACHINE).tar.xz
STATIC	= $(BUILD)/static

# Expressions alone are what is used of libpcap. Where its archive also has captures by
# D-Bus or InfiniBand in it, abort() stands for what these call.
UNUSED	= $(shell nm -u "$$($(CC) -print-file-name=libpcap.a)" | \
	    sed -nE 's/^ *U ((dbus|ibv|rdma|nl|genl)_.*)/-Wl,--defsym=\1=abort/p' | sort -u)
STATIC_LIBS = $(shell pkg-config --static --libs libelf 2>/dev/null || \
		echo -lelf -lz) -pthread -lpcap $(UNUSED)

SOURCE_DATE_EPOCH ?= $(shell date -r NEWS +%s)

static: bpf
	$(MAKE) BUILD=$(STATIC) LDFLAGS="-static -s $(LDFLAGS)" LIBS='$(STATIC_LIBS)' \
		$(STATIC)/bpfload $(STATIC)/pathreport

bundle: static
	rm -rf $(BUILD)/bundle
	$(call put_objects,$(BUILD)/bundle/$(NAME)/build/bpf/$(MACHINE))
	$(call put_lists,$(BUILD)/bundle/$(NAME))
	install -m 755 $(STATIC)/bpfload $(STATIC)/pathreport $(BUILD)/bundle/$(NAME)/build
	install -m 755 bpfpath.sh $(BUILD)/bundle/$(NAME)
	install -m 644 $(SOURCED) $(BUILD)/bundle/$(NAME)/scripts
	install -m 755 scripts/demo.sh scripts/lab.sh $(BUILD)/bundle/$(NAME)/scripts
	install -m 644 Documentation/bpfpath.8 COPYING NEWS $(BUILD)/bundle/$(NAME)
	tar -C $(BUILD)/bundle --sort=name --owner=0 --group=0 --numeric-owner \
		--mtime=@$(SOURCE_DATE_EPOCH) -cJf $(BUNDLE) $(NAME)
	rm -rf $(BUILD)/bundle
	@ls -l $(BUNDLE)

# The sources of the last commit, the same bytes wherever it is made: git archive(1) takes
# times of files from the commit, and gzip -n writes none of its own.
DIST	= $(BUILD)/$(NAME).tar.gz

dist:
	@[ -z "$$(git status --porcelain)" ] || echo "what is not committed is left out" >&2
	@mkdir -p $(BUILD)
	git -c tar.umask=0022 archive --prefix=$(NAME)/ -o $(DIST:.gz=) HEAD
	gzip -9nf $(DIST:.gz=)
	@ls -l $(DIST)

# Packages are made of a copy of the sources, which takes the objects along: they are
# the same with all flags.
define put_sources
	rm -rf $(1)
	mkdir -p $(1)/build
	tar --exclude=./$(BUILD) --exclude=./.git -cf - . | tar -C $(1) -xf -
	cp -a $(BUILD)/bpf $(1)/build
endef

deb: bpf
	$(call put_sources,$(BUILD)/deb/$(NAME))
	cp -r packaging/debian $(BUILD)/deb/$(NAME)
	sed -e 's/@VERSION@/$(VERSION)/' \
		-e "s/@DATE@/$$(date -Rud @$(SOURCE_DATE_EPOCH))/" \
		packaging/debian/changelog.in >$(BUILD)/deb/$(NAME)/debian/changelog
	rm $(BUILD)/deb/$(NAME)/debian/changelog.in
	cd $(BUILD)/deb/$(NAME) && env -u MAKEFLAGS -u MAKELEVEL \
		dpkg-buildpackage -b -nc -us -uc
	rm -rf $(BUILD)/deb/$(NAME)

RPMS	= $(abspath $(BUILD)/rpm)
rpm: bpf
	$(call put_sources,$(BUILD)/rpm/SOURCES/$(NAME))
	tar -C $(BUILD)/rpm/SOURCES -czf $(BUILD)/rpm/SOURCES/$(NAME).tar.gz $(NAME)
	rm -rf $(BUILD)/rpm/SOURCES/$(NAME)
	sed -e 's/@VERSION@/$(VERSION)/' packaging/bpfpath.spec.in >$(BUILD)/rpm/bpfpath.spec
	env -u MAKEFLAGS -u MAKELEVEL rpmbuild -bb --define '_topdir $(RPMS)' $(RPMFLAGS) \
		$(BUILD)/rpm/bpfpath.spec

.PHONY: bundle deb dist install rpm static uninstall
