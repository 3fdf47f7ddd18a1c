#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "logo_folder.h"

/* Asserts that loading NAME fails with one error, that says WHAT at its place. */
static void
check_error(const char *folder, const char *name, const char *what)
{
	struct diag d = {0};
	struct logos logos;
	assert_false(load((const char *[]){name, NULL}, options(folder), &d, &logos));
	assert_int_equal(d.n, 1);
	assert_int_equal(d.list[0].severity, SEVERITY_ERROR);
	assert_int_equal(d.list[0].at.line, 2);
	assert_int_equal(d.list[0].at.column, 5);
	assert_non_null(strstr(d.list[0].message, name));
	if (strstr(d.list[0].message, what) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", what, d.list[0].message);
	assert_null(logos.list[0]);
	logos_close(&logos);
	diag_free(&d);
}

static void
a_missing_file_is_told_with_the_nearest_name(void **state)
{
	put_picture(*state, "gent.png", plain_picture());
	put_picture(*state, "Brugge.png", plain_picture());
	put_picture(*state, "sint-niklaas.png", plain_picture());
	const struct {
		const char *name, *what;
	} cases[] = {
	    {"gendt.png", "gendt.png not found; did you mean gent.png?"},
	    {"gent.jpg", "not found; did you mean gent.png?"},
	    {"genk.png", "not found; did you mean gent.png?"},
	    {"sintniklaas.png", "not found; did you mean sint-niklaas.png?"},
	    {"brugge.png", "Brugge.png is there; use the same upper and lower case"},
	    {"GENT.PNG", "gent.png is there; use the same upper and lower case"},
	    {"turnhout.png", "not found; expected a PNG, JPEG or SVG file in the folder"},
	    {"gent.png/x.png",
		"not found; expected a PNG, JPEG or SVG file in the folder"},
	    {"nowhere/gent.png", "not found; did you mean gent.png?"},
	    {"logos/Gendt.png", "not found; did you mean gent.png?"},
	    {"gent", "not found; did you mean gent.png?"},
	    {"nowhere/x.png",
		"not found; expected a PNG, JPEG or SVG file in the folder"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_error(*state, cases[i].name, cases[i].what);
}

static void
a_missing_file_is_told_with_the_one_that_holds_its_name(void **state)
{
	const struct {
		const char *there, *what;
	} cases[] = {
	    {"gent.png.png", "gent.png not found; did you mean gent.png.png?"},
	    {"gent (1).png", "not found; did you mean gent (1).png?"},
	    {"Logo_Gent-RGB.PNG", "not found; did you mean Logo_Gent-RGB.PNG?"},
	    {"gent.JPEG", "not found; did you mean gent.JPEG?"},
	    {"gent.svg", "did you mean gent.svg?"},
	    {"argent.png", "did you mean argent.png?"},
	    {"gentbrugge.png",
		"not found; expected a PNG, JPEG or SVG file in the folder"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		put_picture(*state, cases[i].there, plain_picture());
		check_error(*state, "gent.png", cases[i].what);
		char path[256];
		snprintf(path, sizeof path, "%s/%s", (char *)*state, cases[i].there);
		assert_int_equal(unlink(path), 0);
	}
}

/* The names of "liège.png" as lists have it and as a Mac stores it, and alike for others.
 */
#define COMPOSED   "li\u00e8ge.png"
#define DECOMPOSED "lie\u0300ge.png"

static void
a_name_is_found_however_the_disk_spells_it(void **state)
{
	static const struct {
		const char *there, *asked;
	} cases[] = {
	    {DECOMPOSED, COMPOSED},
	    {COMPOSED, DECOMPOSED},
	    {"e\u0302le/" DECOMPOSED, "\u00eale/" COMPOSED},
	    {"e\u0302le/gent.png", "\u00eale/gent.png"},
	    {"a/e\u0302/o\u0308.png", "a/\u00ea/\u00f6.png"},
	    {"gent\u200b.png", "gent.png"},
	    {"ge\u00adnt.png", "gent.png"},
	    {"\ufb01liaal.png", "filiaal.png"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diag d = {0};
		struct logos logos;
		char command[300];
		snprintf(command, sizeof command, "mkdir -p \"$(dirname '%s/%s')\"",
		    (char *)*state, cases[i].there);
		assert_int_equal(system(command), 0);
		put_picture(*state, cases[i].there, plain_picture());
		const char *const names[] = {cases[i].asked, "nearly.png", NULL};
		assert_false(load(names, options(*state), &d, &logos));
		assert_int_equal(d.n, 1); /* of the one that is not there */
		assert_non_null(logos.list[0]);
		logos_close(&logos);
		diag_free(&d);
		snprintf(command, sizeof command, "rm -r '%s'/*", (char *)*state);
		assert_int_equal(system(command), 0);
	}
}

static void
the_file_of_just_that_name_goes_before_others_that_look_alike(void **state)
{
	struct diag d = {0};
	struct logos logos;
	put(*state, DECOMPOSED, "x", 1);
	put_picture(*state, COMPOSED, plain_picture());
	put(*state, "lie\u0300g\u200be.png", "x", 1);
	const char *const names[] = {COMPOSED, NULL};
	assert_true(load(names, options(*state), &d, &logos));
	logos_close(&logos);
	diag_free(&d);
}

static void
no_name_is_proposed_that_looks_like_the_one_asked_for(void **state)
{
	static const struct {
		const char *there, *asked, *what;
	} cases[] = {
	    {"sint\u00a0niklaas.png", "sint niklaas.png",
		"rename that file to sint niklaas.png"},
	    {"\uff47ent.png", "gent.png", "rename that file to gent.png"},
	    {"LIE\u0300GE.png", COMPOSED, "rename that file to " COMPOSED},
	    {"li\u00e8g.png", COMPOSED, "did you mean li\u00e8g.png?"},
	    {"lie\u0300g.png", COMPOSED, "did you mean li\u00e8g.png?"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char path[256];
		put_picture(*state, cases[i].there, plain_picture());
		check_error(*state, cases[i].asked, cases[i].what);
		snprintf(path, sizeof path, "%s/%s", (char *)*state, cases[i].there);
		assert_int_equal(unlink(path), 0);
	}
}

static void
the_search_for_what_is_meant_has_a_limit(void **state)
{
	enum { FILES = 1100, COMPARED_MAX = 1000000 };
	static char asked[FILES][16];
	static struct logo_request list[FILES];
	struct diag d = {0};
	struct logos logos;
	for (int i = 0; i < FILES; i++) {
		char there[16];
		snprintf(there, sizeof there, "%04dx.png", i);
		snprintf(asked[i], sizeof asked[i], "%04dy.png", i);
		put(*state, there, "x", 1);
		list[i].name = (struct text){asked[i], {"data/cities.csv", 2 + i, 5}};
	}
	struct logo_options how = options(*state);
	assert_false(logos_open(list, FILES, &how, &d, &logos));
	assert_int_equal(d.n, FILES);
	int proposed = 0;
	for (int i = 0; i < d.n; i++)
		proposed += strstr(d.list[i].message, "did you mean") != NULL;
	assert_int_equal(proposed, COMPARED_MAX / FILES + 1);
	logos_close(&logos);
	diag_free(&d);
}

static void
the_logo_of_another_city_is_never_proposed(void **state)
{
	put_picture(*state, "genk.png", plain_picture());
	const char *const names[] = {"gent.png", "genk.png", NULL};
	struct diag d = {0};
	struct logos logos;
	assert_false(load(names, options(*state), &d, &logos));
	assert_int_equal(d.n, 1);
	assert_non_null(strstr(
	    d.list[0].message, "gent.png not found; expected a PNG, JPEG or SVG file"));
	logos_close(&logos);
	diag_free(&d);
}

static void
an_empty_folder_is_told_once(void **state)
{
	const char *const names[] = {"gent.png", "genk.png", NULL};
	struct diag d = {0};
	struct logos logos;
	put(*state, ".DS_Store", "", 0);
	assert_false(load(names, options(*state), &d, &logos));
	assert_int_equal(d.n, 1);
	assert_non_null(strstr(d.list[0].message, "is empty; put the logos in it"));
	assert_null(d.list[0].at.file);
	assert_null(logos.list[1]);
	logos_close(&logos);
	diag_free(&d);
}

static void
what_is_no_png_is_named(void **state)
{
	const struct {
		const char *bytes;
		size_t len;
		const char *what;
	} cases[] = {
	    {"\xff\xd8\xff\xe0\0\x10JFIF", 10, "is cut off after 10 bytes"},
	    {"GIF89a", 6, "is GIF, not PNG"},
	    {"RIFF\x10\0\0\0WEBPVP8 ", 16, "is WebP, not PNG"},
	    {"\0\0\0 ftypavif", 12, "is AVIF, not PNG"},
	    {"\0\0\0 ftypheic", 12, "is HEIC, not PNG"},
	    {"BM6\0\0\0", 6, "is BMP, not PNG"},
	    {"II*\0", 4, "is TIFF, not PNG"},
	    {"\0\0\1\0", 4, "is ICO, not PNG"},
	    {"8BPS", 4, "is PSD (Photoshop), not PNG"},
	    {"%PDF-1.7", 8, "is PDF; name an SVG or PNG here instead"},
	    {"%!PS-Adobe-3.0 EPSF", 19, "or make an SVG: gs -q"},
	    {"<svg xmlns=", 11, "line 1: not well-formed (unclosed token)"},
	    {"\xef\xbb\xbf<?xml version='1.0'?>\n<svg ", 29, "line 2: not well-formed"},
	    {"\n<!DOCTYPE html><title>404", 26, "is a web page, perhaps"},
	    {"<HTML>", 6, "is a web page, perhaps"},
	    {"<!DOCTYPE svg PUBLIC '", 22, "line 1: not well-formed"},
	    {"<!-- 404 --><head><title>", 25, "is a web page, perhaps"},
	    {"<BODY>Not found", 15, "is a web page, perhaps"},
	    {"<?xml version='1.0'?><a/>", 25, "is XML, not PNG"},
	    {"PK\3\4", 4, "is a ZIP archive"},
	    {"\x1f\x8b\x08", 3, "is compressed (gzip)"},
	    {"version https://git-lfs.github.com/spec/v1", 42, "git lfs pull"},
	    {"\x89PNG\n\x1a\n", 7, "was damaged when it was sent"},
	    {"\tPNG\r\n\x1a\n", 8, "was damaged when it was sent"},
	    {"\x89PNG\r\n\x1a\n\0\0\0\4CgBI", 16, "for Apple devices only (CgBI)"},
	    {"\x89PNG\r\n\x1a\n", 8, "is cut off after 8 bytes"},
	    {"\x89PN", 3, "is cut off after 3 bytes"},
	    {"\x89PM", 3, "is not a picture; export"},
	    {"hello", 5, "is not a picture; export"},
	    {"\0", 1, "is not a picture; export"},
	    {"", 0, "is empty (0 bytes)"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		put(*state, "gent.png", cases[i].bytes, cases[i].len);
		check_error(*state, "gent.png", cases[i].what);
	}
}

static void
a_drawing_is_known_behind_a_long_comment(void **state)
{
	struct buffer bytes = {0};
	buffer_printf(&bytes, "<?xml version='1.0'?><!--%4000s--><svg/>", "");
	put(*state, "gent.png", bytes.data, bytes.len);
	check_error(*state, "gent.png", "shows nothing");
	buffer_free(&bytes);
}

static void
sizes_out_of_the_limits_are_refused(void **state)
{
	const struct {
		const char *size, *what;
	} cases[] = {
	    {"\0\0\0\0\0\0\0\1", "says that it has 0 x 1 pixels"},
	    {"\0\0\0\1\0\0\0\0", "says that it has 1 x 0 pixels"},
	    {"\0\0\x27\x10\0\0\x27\x11", "has 10000 x 10001 pixels; save"},
	    {"\xff\xff\xff\xff\xff\xff\xff\xff",
		"has 4294967295 x 4294967295 pixels; save"},
	    {"\0\x0f\x42\x41\0\0\0\1", "has 1000001 x 1 pixels; save"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char bytes[33] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
		memcpy(bytes + 16, cases[i].size, 8);
		put(*state, "gent.png", bytes, sizeof bytes);
		check_error(*state, "gent.png", cases[i].what);
	}
}

static void
put_link(const char *folder, const char *name, const char *target)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	assert_int_equal(symlink(target, path), 0);
}

static void
stays_inside_its_folder(void **state)
{
	const char *folder = *state;
	char in[256];
	snprintf(in, sizeof in, "%s/in", folder);
	assert_int_equal(mkdir(in, 0700), 0);
	put_picture(folder, "secret.png", plain_picture());
	put_link(in, "link.png", "../secret.png");
	put_link(in, "broken.png", "nothing.png");
	put_link(in, "loop.png", "loop.png");
	check_error(in, "link.png", "leads outside the folder");
	check_error(in, "../secret.png", "leads outside the folder");
	check_error(in, "broken.png", "is a symbolic link to a missing file");
	check_error(in, "loop.png", "cannot be read");
	/* inside, links may lead where they want */
	put_link(folder, "near.png", "secret.png");
	const char *names[] = {"near.png", "in/../secret.png", NULL};
	struct diag d = {0};
	struct logos logos;
	assert_true(load(names, options(folder), &d, &logos));
	assert_ptr_equal(logos.list[0], logos.list[1]);
	logos_close(&logos);
	diag_free(&d);
}

static void
what_is_no_file_is_refused_without_waiting(void **state)
{
	char path[256];
	snprintf(path, sizeof path, "%s/folder.png", (char *)*state);
	assert_int_equal(mkdir(path, 0700), 0);
	check_error(
	    *state, "folder.png", "is a folder; expected a PNG, JPEG or SVG file");
	snprintf(path, sizeof path, "%s/pipe.png", (char *)*state);
	assert_int_equal(mkfifo(path, 0600), 0);
	check_error(*state, "pipe.png", "is not a regular file");
	if (geteuid() == 0)
		return; /* root may read all */
	put(*state, "locked.png", "x", 1);
	snprintf(path, sizeof path, "%s/locked.png", (char *)*state);
	assert_int_equal(chmod(path, 0), 0);
	check_error(*state, "locked.png", "cannot be read");
}

static void
a_missing_folder_is_told_once(void **state)
{
	const char *names[] = {"a.png", "b.png", NULL},
		   *const parts[] = {"nowhere", "file"};
	struct diag d = {0};
	struct logos logos;
	put(*state, "file", "x", 1);
	for (int i = 0; i < 2; i++) {
		char path[256];
		snprintf(path, sizeof path, "%s/%s", (char *)*state, parts[i]);
		assert_false(load(names, options(path), &d, &logos));
		assert_int_equal(d.n, i + 1);
		assert_non_null(strstr(d.list[i].message, "--logos"));
		logos_close(&logos);
	}
	diag_free(&d);
}

static void
a_picture_of_nothing_is_refused(void **state)
{
	static struct picture p = {
	    .w = 9, .h = 9, .depth = 8, .type = PNG_COLOR_TYPE_RGB_ALPHA};
	put_picture(*state, "clear.png", &p);
	check_error(
	    *state, "clear.png", "shows nothing: all of it is transparent or white");
	for (int i = 0; i < 9 * 9 * 4; i++)
		p.samples[i] = 255;
	put_picture(*state, "white.png", &p);
	check_error(*state, "white.png", "shows nothing");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(a_missing_file_is_told_with_the_nearest_name),
	    IN_FOLDER(a_missing_file_is_told_with_the_one_that_holds_its_name),
	    IN_FOLDER(a_name_is_found_however_the_disk_spells_it),
	    IN_FOLDER(the_file_of_just_that_name_goes_before_others_that_look_alike),
	    IN_FOLDER(no_name_is_proposed_that_looks_like_the_one_asked_for),
	    IN_FOLDER(the_search_for_what_is_meant_has_a_limit),
	    IN_FOLDER(the_logo_of_another_city_is_never_proposed),
	    IN_FOLDER(an_empty_folder_is_told_once),
	    IN_FOLDER(what_is_no_png_is_named),
	    IN_FOLDER(a_drawing_is_known_behind_a_long_comment),
	    IN_FOLDER(sizes_out_of_the_limits_are_refused),
	    IN_FOLDER(stays_inside_its_folder),
	    IN_FOLDER(what_is_no_file_is_refused_without_waiting),
	    IN_FOLDER(a_missing_folder_is_told_once),
	    IN_FOLDER(a_picture_of_nothing_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
