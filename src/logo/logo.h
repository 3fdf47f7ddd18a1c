/* logo.h - the cities' logos, from their files to what a PDF holds of them.
 *
 * A logo is decoded, flattened onto white, trimmed, fitted to its box, resampled when it
 * is much finer than it can be printed, and packed, in one go; no raw pixels stay in
 * memory.
 */
#ifndef LOGO_LOGO_H
#define LOGO_LOGO_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/geometry.h"
#include "diag/diag.h"
#include "logo/orientation.h"

enum raster_space { RASTER_GRAY, RASTER_RGB, RASTER_INDEXED };

/* Pixels as an image XObject has them (ISO 32000-1, 8.9.5): opaque, sRGB, rows from the
 * top. */
struct raster {
	int width_px, height_px;
	enum raster_space space;
	int bits;               /* a component: 1, 2, 4 or 8 */
	unsigned char *palette; /* RGB triples of RASTER_INDEXED, else NULL */
	int npalette;           /* colours in the palette, 1 to 256 */
	bool predictor;         /* data has PNG filters (/Predictor 15) */
	bool jpeg;              /* data is a JPEG file (/DCTDecode), else a zlib stream */
	bool ycbcr;             /* its components are that */
	void *data;
	size_t len;
	enum orientation orientation; /* how it is to be turned */
};

/* Paths as a form XObject has them (ISO 32000-1, 8.10). */
struct form {
	double width, height; /* of its /BBox, whose lower left corner is the origin */

	/* The form is the last object; the others are what its dictionaries refer to, by
	 * "@" and a number that counts from 0. */
	struct form_object {
		bool is_stream;
		size_t text_len; /* of a stream: the entries of its dictionary, no /Length
				  */
		size_t data_len; /* of a stream, encoded */
	} * objects;
	int nobjects;
	void *bytes; /* text and data of each, one object after the other */
	size_t len;
};

/* What a logo is made of. */
enum logo_kind { LOGO_RASTER, LOGO_FORM };

struct logo {
	int number; /* of the distinct ones, from 0, in the order of their first requests
		     */

	/* Size in points at which what can be seen of it is to be shown: fits the box
	 * that was asked for, and looks as large as the other logos (equal area within
	 * limits). FRAME is then the place of all of it, empty margins included, from the
	 * lower left corner of what can be seen, and SHOWN that of as much as has to be
	 * shown: a faint shadow is not counted. */
	struct size size;
	struct rect frame, shown;

	/* Lines at the edge of what is shown that are hard to tell from the card but
	 * belong to the picture, in points from the lower left corner of what can be
	 * seen. */
	struct rect *edges;
	int nedges;

	enum logo_kind kind;
	union {
		struct raster raster;
		struct form form;
	};
};

struct logo_request {
	struct text name;  /* a file below the folder, and where it was asked for */
	struct color card; /* that it is shown on */
	bool on_paper;     /* it has no card of its own: CARD is the paper */
};

struct logo_options {
	const char *folder;
	struct size box; /* points that a logo may take */
	int max_ppi;     /* a finer one is resampled to 300 ppi, or to this; 0: never */
	int first;       /* the number of the first one */
	int jobs;        /* threads; 0: as many as there are processors */

	/* Called after each of the N distinct files, by one thread at a time; NULL:
	 * nobody asks. */
	void (*progress)(int done, int n);
};

/* A thread that loads the libraries for SVG, some milliseconds' work. */
struct logo_ahead {
	pthread_t thread;
	bool started;
};

/* Starts AHEAD, unless it is, when NAME is that of an SVG.  Pair with logo_ahead_close.
 */
void logo_ahead_start(struct logo_ahead *ahead, const char *name);
void logo_ahead_close(struct logo_ahead *ahead);

struct logo_store; /* owns the logos */

struct logos {
	/* A logo a request, in their order; equal ones share an address. */
	const struct logo **list;
	int n;
	struct logo_store *store;
};

/* Loads N logos.  False: at least one cannot be had; each is reported to D at the place
 * of its request.  Pair with logos_close, also after false.  The order of what is
 * reported and all bytes are the same for any number of jobs. */
bool logos_open(const struct logo_request *requests, int n,
    const struct logo_options *options, struct diag *d, struct logos *out);

/* Whether a logo was read from the file INO of DEV. */
bool logos_have_file(const struct logos *logos, dev_t dev, ino_t ino);

void logos_close(struct logos *logos);

/* Frees what it holds. */
void raster_free(struct raster *raster);
void form_free(struct form *form);
void logo_free(struct logo *logo);

#endif
