/* logo_folder.h - folders of logos made for tests. */
#ifndef TESTS_LOGO_FOLDER_H
#define TESTS_LOGO_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "logo/logo.h"
#include "picture.h"

/* A test with an empty folder of its own, whose path is its state. */
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_open, folder_close)

static inline int
folder_open(void **state)
{
	char *folder = malloc(64);
	strcpy(folder, "/tmp/brochure-logos-XXXXXX");
	*state = folder;
	return mkdtemp(folder) == NULL;
}

static inline int
folder_close(void **state)
{
	char command[128];
	snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -r %s", (char *)*state,
	    (char *)*state);
	int status = system(command);
	free(*state);
	return status;
}

static inline void
put(const char *folder, const char *name, const void *bytes, size_t len)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static inline void
put_picture(const char *folder, const char *name, const struct picture *p)
{
	struct buffer bytes = {0};
	picture_encode(p, &bytes);
	put(folder, name, bytes.data, bytes.len);
	buffer_free(&bytes);
}

/* 40 x 25 opaque RGB pixels, none of them white. */
static inline struct picture *
plain_picture(void)
{
	static struct picture p;
	p = (struct picture){.w = 40, .h = 25, .depth = 8, .type = PNG_COLOR_TYPE_RGB};
	picture_fill(&p);
	for (int i = 0; i < 40 * 25 * 3; i++)
		p.samples[i] /= 2;
	return &p;
}

/* Loads NAMES, which NULL ends; the first is asked for in line 2. */
static inline bool
load(const char *const *names, struct logo_options o, struct diag *d, struct logos *out)
{
	struct logo_request list[32] = {0};
	int n = 0;
	for (; names[n] != NULL; n++)
		list[n] = (struct logo_request){
		    .name = {names[n], {"data/cities.csv", 2 + n, 5}},
		    .card = {255, 255, 255},
		};
	return logos_open(list, n, &o, d, out);
}

static inline struct logo_options
options(const char *folder)
{
	return (struct logo_options){
	    .folder = folder, .box = {20, 12}, .max_ppi = 450, .jobs = 2};
}

#endif
