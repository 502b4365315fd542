# SPDX-License-Identifier: GPL-2.0-only
#
# command.mk - builds the command of one way to reboot, with what such commands share
#
# Whoever includes it has set program, sources (found beside it, here, or among
# the guest's own), hook (its name in rc.reboot.d) and may set CFLAGS_EXTRA.

MAKEFLAGS += --no-builtin-rules

guest_dir = ../../../../guest
OUT     ?= $(guest_dir)/../build/guest-programs/$(program)
DESTDIR ?= $(OUT)/root
GUEST_CC ?= gcc -m32
CFLAGS  ?= -O2
ALL_CFLAGS = $(CFLAGS) -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Wall -Wextra -Werror -MMD \
	-I. -I../../common/user -I$(guest_dir) -I$(guest_dir)/../include $(CFLAGS_EXTRA) \
	-idirafter /usr/include/$(shell gcc -print-multiarch)
LDFLAGS ?= -static -s
VPATH = ../../common/user $(guest_dir)
objects = $(sources:%.c=$(OUT)/%.o)

guest: $(DESTDIR)/sbin/$(program) $(DESTDIR)/etc/rc.reboot.d/$(hook)

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(GUEST_CC) $(ALL_CFLAGS) -c -o $@ $<

$(OUT)/$(program): $(objects)
	$(GUEST_CC) $(LDFLAGS) -o $@ $^

$(DESTDIR)/sbin/$(program): $(OUT)/$(program)
	@mkdir -p $(@D)
	install -m 755 $< $@

$(DESTDIR)/etc/rc.reboot.d/$(hook): $(program).hook
	@mkdir -p $(@D)
	install -m 755 $< $@

-include $(objects:.o=.d)

.PHONY: guest
