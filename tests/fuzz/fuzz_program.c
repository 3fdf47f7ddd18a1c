/* Any three inputs to the whole program: a PDF that looks like one, or an error, and
 * nothing else left behind.
 *
 * An input is a byte of options, the announcement, the list of cities and one logo,
 * a.png, with a line of "\x1e" between two of them.  A part that is empty is taken from a
 * brochure that is right, so that the others are looked at in full.
 *
 * With FUZZ_KEEP set to a folder, PDFs are kept there, numbered, for others to judge.
 */
#include "brochure/run.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PARTS = 3, PIXELS_MAX = 300000 };

/* assert would write to the stderr that nobody reads */
#define must(condition) must_(condition, #condition, __LINE__)

static void
must_(bool ok, const char *condition, int line)
{
	if (ok)
		return;
	dprintf(STDERR_FILENO, "fuzz_program.c:%d: not so: %s\n", line, condition);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const char spare_text[] =
    "---\ntitle: Cijfers 2023\nlang: nl-BE\ngrid:\n  heading: Steden\n  intro: Klik.\n"
    "  link: \"{city} – website\"\n---\n\nEen alinea.\n\n> Nog [een](#grid).\n";

static const char spare_cities[] =
    "city,url,logo,alt\nAalst,https://aalst.be/,a.png,\nGent,https://gent.be/,a.png,\n";

/* A picture of 2 x 1 pixels. */
static const char spare_logo[] =
    "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\2\0\0\0\1\b\0\0\0\0\xd1\x49\x20\x56"
    "\0\0\0\x0bIDAT\x78\x9c\x63\x10\x68\0\0\0\xa3\0\x91\x0e\x65\x2b\xb0"
    "\0\0\0\0IEND\xae\x42\x60\x82";

static const struct {
	const char *name, *spare;
	size_t spare_len;
} parts[PARTS] = {
    {"a.md", spare_text, sizeof spare_text - 1},
    {"a.csv", spare_cities, sizeof spare_cities - 1},
    {"logos/a.png", spare_logo, sizeof spare_logo - 1},
};

static unsigned long
big_endian(const uint8_t *p)
{
	return (unsigned long)p[0] << 24 | (unsigned long)p[1] << 16 |
	    (unsigned long)p[2] << 8 | p[3];
}

static void
put_file(const char *name, const void *data, size_t len)
{
	FILE *file = fopen(name, "wb");
	must(file != NULL && fwrite(data, 1, len, file) == len);
	must(fclose(file) == 0);
}

static void
put_part(int part, const uint8_t *data, size_t len)
{
	if (len == 0)
		put_file(parts[part].name, parts[part].spare, parts[part].spare_len);
	else
		put_file(parts[part].name, data, len);
}

/* Lays the inputs; false when the logo is a large one, which is slow but not wrong. */
static bool
lay(const uint8_t *data, size_t len)
{
	for (int part = 0; part < PARTS; part++) {
		size_t end = 0;
		while (end < len &&
		    (part == PARTS - 1 || len - end < 3 ||
			memcmp(data + end, "\n\x1e\n", 3) != 0))
			end++;
		if (part == PARTS - 1 && end >= 24 &&
		    (unsigned long long)big_endian(data + 16) * big_endian(data + 20) >
			PIXELS_MAX)
			return false;
		put_part(part, data, end);
		end += end < len ? 3 : 0;
		data += end;
		len -= end;
	}
	return true;
}

static int home, workplace; /* folders */

static void
clean_up(void)
{
	must(fchdir(workplace) == 0);
	static const char *const left[] = {
	    "a.md", "a.csv", "a.pdf", "logos/a.png", "logos"};
	char folder[PATH_MAX];
	for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
		remove(left[i]);
	if (getcwd(folder, sizeof folder) != NULL)
		remove(folder);
}

/* Works in a folder of its own, and tells the messages to nobody. */
static void
prepare(void)
{
	static bool done;
	char folder[PATH_MAX];
	if (done)
		return;
	done = true;
	const char *base = getenv("FUZZ_KEEP");
	if (base == NULL)
		base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	snprintf(folder, sizeof folder, "%s/brochure-XXXXXX", base);
	home = open(".", O_RDONLY);
	must(mkdtemp(folder) != NULL && chdir(folder) == 0);
	workplace = open(".", O_RDONLY);
	must(home >= 0 && workplace >= 0 && mkdir("logos", 0777) == 0);
	atexit(clean_up);
	stderr =
	    fopen("/dev/null", "w"); /* glibc lets one; sanitizers still have theirs */
	must(stderr != NULL);
}

static void
keep(void)
{
	static int number;
	if (getenv("FUZZ_KEEP") == NULL)
		return;
	char name[100];
	snprintf(name, sizeof name, "../%d.pdf", number++);
	must(rename("a.pdf", name) == 0);
}

/* Looks at what a run left. */
static void
judge(int status)
{
	char head[5] = "", tail[6] = "";
	FILE *pdf = fopen("a.pdf", "rb");
	must((status == 0) == (pdf != NULL));
	if (pdf == NULL)
		return;
	must(fread(head, 1, sizeof head, pdf) == sizeof head);
	must(fseek(pdf, -(long)sizeof tail, SEEK_END) == 0);
	must(fread(tail, 1, sizeof tail, pdf) == sizeof tail);
	must(memcmp(head, "%PDF-", 5) == 0 && memcmp(tail, "%%EOF\n", 6) == 0);
	fclose(pdf);
	keep();
}

static void
run_once(uint8_t flags)
{
	static char formats[][24] = {"--diagnostics=text", "--diagnostics=github",
	    "--diagnostics=json", "--diagnostics=sarif"};
	static char versions[][12] = {"--pdf=1.7", "--pdf=2.0"};
	static char program[] = "brochure", cities[] = "-ca.csv", output[] = "-oa.pdf",
		    strict[] = "--werror", lax[] = "--jobs=1", text[] = "a.md";
	char *argv[] = {program, cities, output, text, formats[flags & 3],
	    versions[flags >> 2 & 1], (flags & 8) != 0 ? strict : lax, NULL};
	remove("a.pdf");
	int status = brochure_run(7, argv);
	must(status == EXIT_SUCCESS || status == EXIT_FAILURE);
	judge(status);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	prepare();
	must(fchdir(workplace) == 0);
	if (lay(data + (len > 0), len - (len > 0)))
		run_once(len > 0 ? data[0] : 0);
	must(fchdir(home) == 0);
	return 0;
}
