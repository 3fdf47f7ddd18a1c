# brochure - make a two-page PDF from a text, a list of cities and their logos.
# `make help` lists the targets.  GNU make.

VERSION  := 0.1.0
CC       := gcc
BUILD    := build
OUT      := out
SANITIZE :=
LIBHARU  :=

PKGS     := libpng lcms2 libdeflate harfbuzz harfbuzz-subset libcmark yaml-0.1 libunibreak \
            liburiparser libutf8proc libidn2
OPTFLAGS := -O2 -g
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings $(if $(CI),-Werror)
CPPFLAGS += -Isrc -D_XOPEN_SOURCE=700 -DBROCHURE_VERSION='"$(VERSION)"' \
            $(if $(LIBHARU),-isystem $(LIBHARU)/include) $(shell pkg-config --cflags $(PKGS))
CFLAGS   += -std=c17 $(OPTFLAGS) $(WARN) -pthread \
            $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer)
LDFLAGS  += -pthread $(if $(SANITIZE),-fsanitize=$(SANITIZE)) \
            $(if $(LIBHARU),-L$(LIBHARU)/lib -Wl$(comma)-rpath$(comma)$(LIBHARU)/lib)
LDLIBS   += -Wl,--as-needed -lhpdf -lcsv $(shell pkg-config --libs $(PKGS)) -lm
comma    := ,

SOURCES  := $(wildcard src/*.c src/*/*.c src/*/*.S)
OBJECTS  := $(patsubst %,$(BUILD)/%.o,$(SOURCES))
LIBRARY  := $(filter-out $(BUILD)/src/main.c.o,$(OBJECTS))
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
LOGOS    := $(wildcard logos/*.png)
FONTS    := $(wildcard fonts/*.ttf)
DATA     := data/announcement.md data/cities.csv

.PHONY: all
all: $(OUT)/brochure.pdf ## build the program and write out/brochure.pdf

$(OUT)/brochure.pdf: $(BUILD)/brochure $(DATA) $(LOGOS)
	$(BUILD)/brochure -o $@

$(BUILD)/brochure: $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.c.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/%.S.o: %.S $(FONTS) data/srgb.icc
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Itests -MMD -MP -o $@ $< $(LIBRARY) $(LDFLAGS) $(LDLIBS) -lcmocka

.PHONY: unit
unit: $(UNIT) ## run the unit tests
	@set -e; for t in $(UNIT); do $$t; done

.PHONY: logos
logos: ## draw logos/*.png anew from the SVG beside them
	@tools/draw-logos $(wildcard logos/*.svg)

.PHONY: clean
clean: ## remove what was built
	rm -rf build $(OUT)/*

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

-include $(OBJECTS:.o=.d) $(UNIT:=.d)
