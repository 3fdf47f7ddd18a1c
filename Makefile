# brochure - make a two-page PDF from a text, a list of cities and their logos.
# `make help` lists the targets.  GNU make.

PACKAGE  := brochure
VERSION  := 0.1.0
CC       := gcc
BUILD    := build
OUT      := out
PREFIX   := /usr/local
SANITIZE :=
LIBHARU  :=

# Each program: the source that is only its own, and the packages and libraries that it links.
# All other source goes into one archive, of which a program or test takes what it uses.
PROGRAMS := brochure brochure-links
SOURCES_brochure := src/brochure/main.c
PKGS_brochure := libpng lcms2 libdeflate harfbuzz harfbuzz-subset libcmark yaml-0.1 libunibreak libqrencode \
            liburiparser libutf8proc libidn2 jansson expat
LIBS_brochure = -lhpdf $(PIXELS) -lm
SOURCES_brochure-links := src/links/main.c
PKGS_brochure-links := libcurl libpsl libcmark yaml-0.1 liburiparser libutf8proc libidn2 jansson
LIBS_brochure-links = -lm

PKGS     := $(sort $(foreach p,$(PROGRAMS),$(PKGS_$p)))
# Asked for once, and only when something is compiled: setup runs before there is pkg-config.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null))$(PKG_CFLAGS)
# The archive and the libraries of the programs $(1).
link = $(LIBRARY) -Wl,--as-needed $(shell pkg-config --libs $(foreach p,$(1),$(PKGS_$p))) \
       $(foreach p,$(1),$(LIBS_$p)) $(LDLIBS)
OPTFLAGS := -O2 -g
# Sanitizers look for the same, and want to see it first.  300 logos take no more time with it
# (0.98), as long as loops are aligned (else 1.05).
HARDEN   := $(if $(SANITIZE),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
            -fstack-clash-protection $(if $(filter x86_64,$(shell uname -m)),-fcf-protection) -fPIE \
            -falign-loops=32)
# What a newer library calls deprecated is all that an older one has.
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings $(if $(CI),-Werror -Wno-error=deprecated-declarations)
CPPFLAGS += -Isrc -D_XOPEN_SOURCE=700 -DPACKAGE='"$(PACKAGE)"' \
            -DPACKAGE_VERSION='"$(VERSION)"' -DLOCALEDIR='"$(PREFIX)/share/locale"' \
            $(if $(LIBHARU),-isystem "$(LIBHARU)/include") $(PKG_CFLAGS)
CFLAGS   += -std=c17 $(OPTFLAGS) $(HARDEN) $(WARN) -pthread \
            $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
LDFLAGS  += -pthread $(if $(SANITIZE),-fsanitize=$(SANITIZE),-pie -Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now) \
            $(if $(LIBHARU),-L"$(LIBHARU)/lib" -Wl$(comma)-rpath$(comma)"$(LIBHARU)/lib")
# zimg, the C++ library that it needs and libjpeg are linked in: loading them takes more than a
# millisecond and 2 MB at every run.  Sanitizers want theirs loaded.
PIXELS   := $(if $(SANITIZE),-lzimg -ljpeg,-static-libgcc -Wl,-Bstatic -lzimg -lstdc++ -ljpeg -Wl,-Bdynamic)
comma    := ,

SOURCES  := $(wildcard src/*/*.c src/*/*.S)
OBJECTS  := $(SOURCES:%=$(BUILD)/%.o)
own       = $(SOURCES_$(1):%=$(BUILD)/%.o)
LIBRARY  := $(BUILD)/libbrochure.a
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
REPLAY   := $(patsubst tests/fuzz/%.c,$(BUILD)/replay/%,$(wildcard tests/fuzz/fuzz_*.c))
CATALOGS := $(patsubst po/%.po,$(BUILD)/locale/%/LC_MESSAGES/brochure.mo,$(wildcard po/*.po))
FONTS    := $(wildcard fonts/*.ttf)

MAKEFLAGS += --no-print-directory

# One short line a step; V=1 shows the whole command.
Q   := $(if $(V),,@)
say  = @printf '  %-5s %s\n' $(1) $(2)

.PHONY: all
# Always: dates do not tell that a logo came out of an archive, and a run takes no time.
all: $(BUILD)/brochure ## build the program and write out/brochure.pdf (default)
	$(call say,MAKE,"$(OUT)/brochure.pdf")
	@mkdir -p "$(OUT)"
	$(Q)$(BUILD)/brochure -o "$(OUT)/brochure.pdf"

# A program looks for its translations in locale/ beside it.
$(foreach p,$(PROGRAMS),$(eval $(BUILD)/$p: $(call own,$p)))
$(PROGRAMS:%=$(BUILD)/%): $(BUILD)/%: $(LIBRARY) | $(CATALOGS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(call own,$*) $(call link,$*)

# The same, with their libraries in lib/ beside them.  An old-fashioned RPATH, because a RUNPATH
# is not searched for the libraries of libraries.
$(PROGRAMS:%=$(BUILD)/portable/%): $(BUILD)/portable/%: $(BUILD)/%
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -Wl,--disable-new-dtags -Wl,-rpath,'$$ORIGIN/lib' -o $@ $(call own,$*) $(call link,$*)

# Anew, so that nothing stays of a file that is gone.
$(LIBRARY): $(filter-out $(foreach p,$(PROGRAMS),$(call own,$p)),$(OBJECTS))
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcD $@ $^

# Asked once, as compilers do not say what to do about what is missing.
$(BUILD)/ready: Makefile
	@mkdir -p $(@D)
	@{ msgfmt --version >/dev/null && \
		printf '#include <hpdf.h>\n#include <zimg.h>\nint main(void) { return 0; }\n' | \
		$(CC) $(CPPFLAGS) -xc - -o $@ $(LDFLAGS) $(shell pkg-config --libs $(PKGS) 2>/dev/null || \
			echo pkg-config-is-missing) $(foreach p,$(PROGRAMS),$(LIBS_$p)); } 2>/dev/null || \
		{ echo 'something that building needs is missing: run "make setup"' >&2; exit 1; }

$(BUILD)/locale/%/LC_MESSAGES/brochure.mo: po/%.po | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,MSGFMT,$@)
	$(Q)msgfmt --check -o $@ $<

$(BUILD)/%.c.o: %.c Makefile | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/%.S.o: %.S $(FONTS) src/pdf/srgb.icc $(wildcard src/brochure/new/*) | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) -c -o $@ $<

# What is tested is optimized, the tests are not: that takes long.
$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -O0 -U_FORTIFY_SOURCE -Itests -MMD -MP -o $@ $< $(LDFLAGS) $(call link,$(PROGRAMS)) -lcmocka

# It compares what is declared of librsvg with the headers, which nothing else needs.
$(BUILD)/unit/test_logo_vectorapi: CPPFLAGS += $(subst -I,-isystem ,$(shell pkg-config --cflags librsvg-2.0 cairo-pdf))

# A fuzz target that reads files in place of a fuzzer's ideas.
$(BUILD)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< tests/fuzz/replay.c $(LDFLAGS) $(call link,$(PROGRAMS))

# They ask the reader of CSV alone, and print the table of keys.
$(BUILD)/cells $(BUILD)/keys: $(BUILD)/%: tests/%.c $(LIBRARY)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) $(call link,$(PROGRAMS))

# Preloaded, makes calls fail; sanitizers' runtimes bear nobody before them.
$(BUILD)/faults.so: tests/faults/faults.c
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) -std=gnu17 -O2 -Wall -Wextra $(if $(CI),-Werror) -fPIC -shared -o $@ $<

$(BUILD)/fuzz/%: tests/fuzz/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) -fsanitize=fuzzer $(call link,$(PROGRAMS))

.PHONY: print
print: $(BUILD)/brochure ## write out/brochure-print.pdf: bleed, crop marks, and QR codes on the cards
	$(call say,MAKE,"$(OUT)/brochure-print.pdf")
	@mkdir -p "$(OUT)"
	$(Q)$(BUILD)/brochure --for=print -o "$(OUT)/brochure-print.pdf"

.PHONY: preview
preview: all ## draw the pages of out/brochure.pdf to out/brochure-1.png and so on
	@command -v pdftoppm >/dev/null || { echo 'pdftoppm is missing; on Debian: apt-get install poppler-utils' >&2; exit 1; }
	@rm -f "$(OUT)"/brochure-[0-9]*.png
	@pdftoppm -r 110 -png "$(OUT)/brochure.pdf" "$(OUT)/brochure"
	@ls "$(OUT)"/brochure-[0-9]*.png

.PHONY: watch
watch: $(BUILD)/brochure ## make out/brochure.pdf anew whenever data/ or logos/ change
	@mkdir -p "$(OUT)"
	@sh tools/watch $(BUILD)/brochure "$(OUT)/brochure.pdf"

.PHONY: new
new: $(BUILD)/brochure ## lay out a folder DIR=… to begin a brochure of your own in
	@test -n "$$DIR" || { echo 'which folder? make new DIR=my-brochure' >&2; exit 2; }
	@$(BUILD)/brochure --new="$$DIR"

.PHONY: setup
setup: ## install what building needs (Debian, Ubuntu), then build and write the PDF
	@sh tools/install build
	@$(MAKE) $(PARALLEL) all
	@echo "done: $(OUT)/brochure.pdf"

.PHONY: test
test: ## install what testing needs, then run every test
	@sh tools/install build
	@sh tools/install content
	@sh tools/install test
	@sh tools/install-judges
	@$(MAKE) check-all

# Debian 12 and Ubuntu 24.04 have the first clang, Debian 13 the second.
CLANG_CC = $(firstword $(foreach c,clang-14 clang-19,$(shell command -v $c)) clang-14)
# With another compiler than the programs, whose warnings are heard too; reports need lines only.
ASAN = $(MAKE) BUILD=build/asan CC=$(CLANG_CC) CI=1 SANITIZE=address,undefined OPTFLAGS='-O1 -gline-tables-only'
PYTHON := build/venv/bin/python
# One more than processors: some tests wait.
PYTEST = $(PYTHON) -m pytest -q -n $(shell expr $$(nproc) + 1) --dist loadgroup
TESTS := tests
ASAN_TESTS := tests/test_cases.py tests/test_output.py tests/test_diagnostics.py tests/test_broken.py \
              tests/test_links.py
LINT  := python3 tools/lint

.PHONY: check
check: ## run the tests that need no sanitizer, Java or browser and no more than seconds
	@sh tools/check-tools
	@$(MAKE) $(PARALLEL) CI=1 programs
	@$(MAKE) unit
	$(PYTEST) -m 'not long' $(TESTS)
	$(LINT) format includes sizes cppcheck shell manuals workflows

.PHONY: check-all
check-all: ## run every test, installing nothing
	@sh tools/check-tools
	@$(MAKE) $(PARALLEL) CI=1 programs
	@$(ASAN) $(PARALLEL) programs
	@said=$$(mktemp); $(MAKE) beside >"$$said" 2>&1 & beside=$$!; trap 'kill $$beside' INT TERM; \
	status=0; $(PYTEST) $(TESTS) || status=$$?; wait $$beside || status=$$?; \
	cat "$$said"; rm -f "$$said"; exit $$status

# Beside the other tests, which wait for servers and browsers, and in one piece at the end.
.PHONY: beside
beside:
	@$(MAKE) unit
	@$(ASAN) unit
	@$(ASAN) replay
	BROCHURE=build/asan/brochure $(PYTEST) $(ASAN_TESTS)
	$(LINT)

.PHONY: programs
programs: $(PROGRAMS:%=$(BUILD)/%) $(BUILD)/cells $(BUILD)/keys $(UNIT) $(if $(SANITIZE),$(REPLAY),$(BUILD)/faults.so)

.PHONY: replay
replay: $(REPLAY) ## run the fuzz targets over what fuzzers found before
	@set -e; for t in $(REPLAY); do name=$${t##*/fuzz_}; $$t tests/fuzz/corpus/$$name/*; done

FUZZ_SECONDS := 60
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

.PHONY: fuzz
fuzz: ## look for crashes, FUZZ_SECONDS=60 each target; a crasher is kept to be replayed
	@$(MAKE) $(PARALLEL) BUILD=build/fuzz CC=$(CLANG_CC) OPTFLAGS='-O1 -g' WARN= \
		SANITIZE=fuzzer-no-link,address,undefined $(FUZZ:%=build/fuzz/fuzz/fuzz_%)
	@set -e; for name in $(FUZZ); do \
		mkdir -p build/fuzz/found/$$name; \
		build/fuzz/fuzz/fuzz_$$name -max_total_time=$(FUZZ_SECONDS) -max_len=20000 -len_control=0 -timeout=10 \
			-print_final_stats=1 -artifact_prefix=tests/fuzz/corpus/$$name/ \
			build/fuzz/found/$$name tests/fuzz/corpus/$$name; \
	done
	@$(ASAN) $(PARALLEL) build/asan/brochure-links
	$(PYTHON) tests/fuzz/answers.py build/asan/brochure-links $(FUZZ_SECONDS)

.PHONY: unit
unit: $(UNIT) ## run the unit tests
	@set -e; for t in $(UNIT); do $$t; done

.PHONY: lint
lint: ## check format, includes and sizes, and look for mistakes in the source
	@$(LINT)

# What clang-tidy has to know.
.PHONY: print-flags
print-flags:
	@:$(info $(CPPFLAGS) -std=c17)

# What is in data/ and logos/ belongs to its editors: the tests do not look at it.
CONTENT := .
.PHONY: content
content: $(BUILD)/brochure ## judge what is in data/ and logos/, and keep PDFs, pictures and facts in out/content
	@sh tools/check-tools content
	@PYTHONUTF8=1 BROCHURE=$(BUILD)/brochure $(PYTHON) tools/content --out "$(OUT)/content" "$(CONTENT)"

.PHONY: report
report: all ## write out/report.html, which goes with out/brochure.pdf to whoever signs it
	@sh tools/check-tools content
	@PYTHONUTF8=1 $(PYTHON) tools/report $(BUILD)/brochure "$(OUT)/brochure.pdf" --cache "$(OUT)/links.json" --out "$(OUT)/report.html"

.PHONY: links
links: $(BUILD)/brochure-links ## ask for every link in data/ (LINKS=--fix writes new addresses)
	@mkdir -p "$(OUT)"
	$(Q)$(BUILD)/brochure-links --cache="$(OUT)/links.json" $(LINKS) "$(CONTENT:.=)$(if $(CONTENT:.=),/)data/cities.csv"

.PHONY: judges
judges: ## install what make content needs
	@sh tools/install content
	@sh tools/install-judges content

.PHONY: schema
schema: $(BUILD)/keys ## describe the front matter anew for editors, in docs/announcement.schema.json
	@python3 tools/schema $(BUILD)/keys >docs/announcement.schema.json

.PHONY: golden
golden: $(BUILD)/brochure | $(PYTHON) ## show how dumps and pages differ from tests/golden, then replace those
	@BROCHURE=$(BUILD)/brochure YES=$(YES) $(PYTHON) tools/golden

.PHONY: gallery
gallery: $(BUILD)/brochure | $(PYTHON) ## draw contact sheets of every kind of brochure to out/gallery
	@BROCHURE=$(BUILD)/brochure $(PYTHON) tools/gallery --out "$(OUT)/gallery"

# Says what is missing, when it is.
$(PYTHON):
	@sh tools/check-tools

.PHONY: bench
bench: $(BUILD)/brochure $(BUILD)/brochure-links ## compare time, memory and size with others (BENCH=--readme keeps the table)
	@sh tools/install bench
	@CC=$(CC) sh bench/install
	@build/bench/venv/bin/python bench/run.py $(BENCH)
	@build/bench/venv/bin/python bench/run_links.py

.PHONY: logos
logos: ## draw logos/*.png anew from the SVG beside them (FORCE=1: over other pictures too)
	@FORCE=$(FORCE) sh tools/draw-logos $(wildcard logos/*.svg)

.PHONY: po
po: ## collect the messages anew and bring the translations po/*.po in line
	@sh tools/update-po

# What is installed, each as FILE:PLACE-BELOW-PREFIX:MODE.  DESTDIR is for making packages.
INSTALLED = $(foreach p,$(PROGRAMS),$(BUILD)/$p:bin/$p:755) \
            $(foreach m,$(CATALOGS),$m:share/$(m:$(BUILD)/%=%):644) \
            $(foreach m,$(wildcard man/*.*),$m:share/man/man$(subst .,,$(suffix $m))/$(notdir $m):644) \
            $(foreach p,$(PROGRAMS),completions/brochure.bash:share/bash-completion/completions/$p:644) \
            completions/_brochure:share/zsh/site-functions/_brochure:644

.PHONY: install
install: $(PROGRAMS:%=$(BUILD)/%) ## install programs, manuals and translations below PREFIX (/usr/local)
	@set -e; for line in $(INSTALLED); do file=$${line%%:*} rest=$${line#*:}; \
		install -D -m "$${rest##*:}" "$$file" "$(DESTDIR)$(PREFIX)/$${rest%%:*}"; done

.PHONY: uninstall
uninstall: ## remove what "make install" with the same PREFIX installed
	@set -e; for line in $(INSTALLED); do rest=$${line#*:}; \
		rm -f "$(DESTDIR)$(PREFIX)/$${rest%%:*}"; done

.PHONY: edition
edition: $(BUILD)/brochure $(BUILD)/brochure-links ## judge the brochure, make it twice, and write what is published to out/edition
	@sh tools/check-tools content
	@BUILD=$(BUILD) OUT="$(OUT)" sh tools/edition "$(CONTENT)"

.PHONY: deb
deb: ## make a Debian package for this Debian in out/deb (needs build-essential and debhelper)
	@mkdir -p "$(OUT)/deb" && sh tools/deb "$(OUT)/deb"

.PHONY: release
release: $(BUILD)/brochure ## write what is published of the program to out/release (TAG=v1.2.3 is checked)
	@BUILD=$(BUILD) OUT="$(OUT)" sh tools/release $(TAG)

.PHONY: clean
clean: ## remove what was built
	rm -rf build "$(OUT)"/*

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

# As many jobs as processors, unless the user said how many.
PARALLEL = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

-include $(OBJECTS:.o=.d) $(UNIT:=.d) $(REPLAY:=.d)
