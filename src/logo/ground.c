#include "logo/ground.h"

#include <stdlib.h>
#include <string.h>

/* Levels by which two colours differ at most, each component for itself. */
enum {
	SAME =
	    2, /* cannot be seen; conversion of colours and optimisers leave it behind */
	NOISE = 8, /* what JPEG leaves on an even ground, most of it */
	NEAR = 24, /* of a ground that was meant to be the card's colour */
	HAZE = 24, /* a faint shadow */
	PALE = 24, /* of a picture's edge that is hard to tell from the card */
};

/* --- tables ------------------------------------------------------------------- */

/* Whether a pixel is so near to a colour, by what its bytes are: of RGB all three have to
 * be, of one byte the first. */
struct table {
	bool is[3][256];
};

static bool
is_near(const unsigned char *a, const unsigned char *b, int levels)
{
	return image_is_near(a, (struct color){b[0], b[1], b[2]}, levels);
}

static void
table_make(
    const struct image *image, const unsigned char rgb[3], int levels, struct table *out)
{
	for (int v = 0; v < 256; v++)
		if (image->channels == 1)
			out->is[0][v] = is_near(&image->palette[3 * v], rgb, levels);
		else
			for (int c = 0; c < 3; c++)
				out->is[c][v] = abs(v - rgb[c]) <= levels;
}

static inline bool
is_in(const struct table *table, const unsigned char *pixel, size_t channels)
{
	return table->is[0][pixel[0]] &&
	    (channels == 1 || (table->is[1][pixel[1]] && table->is[2][pixel[2]]));
}

static const unsigned char *
pixel_at(const struct image *image, int x, int y)
{
	size_t i = (size_t)y * (size_t)image->w + (size_t)x;
	return image->memory + i * (size_t)image->channels;
}

/* --- sides -------------------------------------------------------------------- */

enum side { TOP, BOTTOM, LEFT, RIGHT, SIDES };

static int
length_of(const struct window *in, enum side side)
{
	return side <= BOTTOM ? in->w : in->h;
}

static int
lines_of(const struct window *in, enum side side)
{
	return side <= BOTTOM ? in->h : in->w;
}

/* The pixel K, from the left or the top, of the line I from SIDE of IN on, from 0. */
static inline const unsigned char *
line_pixel(
    const struct image *image, const struct window *in, enum side side, int i, int k)
{
	int at = side == TOP || side == LEFT ? i : lines_of(in, side) - 1 - i;
	return side <= BOTTOM ? pixel_at(image, in->x + k, in->y + at)
			      : pixel_at(image, in->x + at, in->y + k);
}

/* --- the colour of the ground ------------------------------------------------- */

/* Of a side, about so many pixels are enough to judge by. */
enum { SAMPLES = 128 };

/* Colours at the edge of IMAGE, all around, whatever its window is.  Returns how many. */
static int
sample_edge(const struct image *image, const unsigned char *out[SIDES * SAMPLES])
{
	const struct window all = {0, 0, image->w, image->h};
	int n = 0;
	for (enum side side = TOP; side < SIDES; side++) {
		int length = length_of(&all, side);
		for (int k = 0; k < length; k += length / SAMPLES + 1)
			out[n++] =
			    image_color(image, line_pixel(image, &all, side, 0, k), 0);
	}
	return n;
}

/* Finds the colour that most of the edge has.  False: there is none. */
static bool
edge_color(const struct image *image, unsigned char out[3])
{
	const unsigned char *samples[SIDES * SAMPLES];
	int n = sample_edge(image, samples), near = 0;
	for (int c = 0; c < 3; c++) {
		int count[256] = {0}, middle = 0;
		for (int i = 0; i < n; i++)
			count[samples[i][c]]++;
		for (int below = count[0]; 2 * below < n;)
			below += count[++middle];
		out[c] = (unsigned char)middle;
	}
	for (int i = 0; i < n; i++)
		near += is_near(samples[i], out, NOISE);
	return 4 * near >= 3 * n;
}

/* --- the ground made even ----------------------------------------------------- */

/* V where GROUND becomes CARD, and the ends of the range stay. */
static unsigned char
shifted(int v, int ground, int card)
{
	if (v <= ground)
		return (
		    unsigned char)(ground == 0 ? card : (v * card + ground / 2) / ground);
	int range = 255 - ground;
	return (unsigned char)(card + ((v - ground) * (255 - card) + range / 2) / range);
}

/* Shifts N pixels; those that are in EVEN become the card. */
static void
shift(unsigned char *pixels, size_t n, size_t channels, const struct table *even,
    unsigned char map[3][256], const unsigned char *card)
{
	for (size_t i = 0; i < n; i++, pixels += channels) {
		if (is_in(even, pixels, channels))
			memcpy(pixels, card, channels);
		else
			for (size_t c = 0; c < channels; c++)
				pixels[c] = map[c][pixels[c]];
	}
}

/* JPEG codes blocks of so many pixels, with its colours halved: what it spoils, it spoils
 * in those that something is in, and a little beside them where colours are smoothed. */
enum { CODED = 16, SPOILT_SHARE = 50 };

/* How many pixels of BLOCK are not quite the card, whose colour MANY has CODED times; 0
 * if not all are in GROUND. */
static long
count_spoilt(const struct image *image, const struct table *ground,
    const unsigned char *many, struct window block)
{
	size_t channels = (size_t)image->channels, w = (size_t)block.w;
	long n = 0;
	for (int y = block.y; y < block.y + block.h; y++) {
		const unsigned char *p = pixel_at(image, block.x, y);
		if (memcmp(p, many, w * channels) == 0)
			continue;
		for (size_t x = 0; x < w; x++, p += channels) {
			if (!is_in(ground, p, channels))
				return 0;
			n += memcmp(p, many, channels) != 0;
		}
	}
	return n;
}

/* Whether the ground of a JPEG is the CARD to the level wherever nothing else is near. */
static bool
is_clean(const struct image *image, const struct table *ground, const unsigned char *card)
{
	unsigned char many[3 * CODED];
	size_t channels = (size_t)image->channels;
	long spoilt = 0;
	for (size_t i = 0; i < CODED; i++)
		memcpy(many + i * channels, card, channels);
	for (int y = 0; y < image->h; y += CODED)
		for (int x = 0; x < image->w; x += CODED)
			spoilt += count_spoilt(image, ground, many,
			    (struct window){x, y,
				image->w - x < CODED ? image->w - x : CODED,
				image->h - y < CODED ? image->h - y : CODED});
	return spoilt * SPOILT_SHARE <= (long)image->w * image->h;
}

bool
ground_is_off(const struct image *image, struct color card, unsigned char out[3])
{
	return edge_color(image, out) && image_is_near(out, card, NEAR) &&
	    (image->noisy || !image_is_near(out, card, SAME));
}

void
ground_clear(struct image *image, struct color card)
{
	const unsigned char to[3] = {card.r, card.g, card.b};
	unsigned char from[3], map[3][256];
	if (!ground_is_off(image, card, from))
		return;
	struct table even;
	struct image colors = *image;
	colors.channels = image->indexed ? 3 : image->channels;
	table_make(&colors, from, image->noisy ? NOISE : SAME, &even);
	bool kept = image->copyable && memcmp(from, to, 3) == 0;
	if (kept && is_clean(image, &even, to))
		return;
	for (int v = 0; v < 256; v++)
		for (int c = 0; c < 3; c++)
			map[c][v] = shifted(v, from[c], to[c]);
	if (image->indexed)
		shift(image->palette, (size_t)image->npalette, 3, &even, map, to);
	else
		shift(image->memory, (size_t)image->w * (size_t)image->h,
		    (size_t)image->channels, &even, map, to);
	image->copyable = false;
}

/* --- margins ------------------------------------------------------------------ */

enum { BLOCK = 16 };

/* A window in which what is in TABLE is ground. */
struct view {
	const struct image *image;
	const struct table *table;
	struct window in;
	bool has_many;
	unsigned char many[3 * BLOCK]; /* pixels of the commonest ground */
};

/* How many of N pixels from P on are ground, up to the first that is not; from the last
 * one backwards if STEP is -1. */
static int
count_ground(const struct view *view, const unsigned char *p, int n, int step)
{
	size_t channels = (size_t)view->image->channels;
	int i = 0;
	while (i < n && is_in(view->table, p, channels)) {
		/* most ground is alike: many pixels at a time */
		bool whole = view->has_many && n - i >= BLOCK;
		size_t back = whole && step < 0 ? (BLOCK - 1) * channels : 0;
		if (whole && memcmp(p - back, view->many, BLOCK * channels) == 0) {
			i += BLOCK;
			p += step * (ptrdiff_t)(BLOCK * channels);
		} else {
			i++;
			p += step * (ptrdiff_t)channels;
		}
	}
	return i;
}

static bool
is_ground_row(const struct view *view, int y)
{
	const unsigned char *p = pixel_at(view->image, view->in.x, y);
	return count_ground(view, p, view->in.w, 1) == view->in.w;
}

/* Cuts ground off all sides of the window.  False: all is. */
static bool
trim_ground(struct view *view)
{
	struct window *in = &view->in;
	while (in->h > 0 && is_ground_row(view, in->y)) {
		in->y++;
		in->h--;
	}
	while (in->h > 0 && is_ground_row(view, in->y + in->h - 1))
		in->h--;
	int left = in->w, right = left;
	for (int y = in->y; y < in->y + in->h; y++) {
		const unsigned char *p = pixel_at(view->image, in->x, y);
		const unsigned char *last = pixel_at(view->image, in->x + in->w - 1, y);
		left = count_ground(view, p, left, 1);
		right = count_ground(view, last, right, -1);
	}
	if (in->h == 0)
		return false;
	in->x += left;
	in->w -= left + right;
	return true;
}

/* --- specks ------------------------------------------------------------------- */

/* A speck has few pixels and is far away from all else. */
enum {
	SPECK_MIN = 12,
	SPECK_SHARE = 100000,
	GAP_MIN = 8,
	GAP_SHARE = 16,
	SPECKS_MAX = 32
};

/* How many pixels of the line I from SIDE on, from 0, are not ground; MOST or fewer. */
static int
count_ink(const struct view *view, enum side side, int i, int most)
{
	const struct image *image = view->image;
	int length = length_of(&view->in, side), n = 0;
	for (int k = 0; k < length && n < most; k++)
		n += !is_in(view->table, line_pixel(image, &view->in, side, i, k),
		    (size_t)image->channels);
	return n;
}

static void
move_side(struct window *in, enum side side, int by)
{
	in->y += side == TOP ? by : 0;
	in->x += side == LEFT ? by : 0;
	in->h -= side <= BOTTOM ? by : 0;
	in->w -= side >= LEFT ? by : 0;
}

/* Cuts off a speck at SIDE.  False: there is none. */
static bool
cut_speck(struct view *view, enum side side)
{
	int n = lines_of(&view->in, side), i = 0, ink = 0, found;
	int most = (int)((long)view->image->w * view->image->h / SPECK_SHARE);
	most = most > SPECK_MIN ? most : SPECK_MIN;
	while (i < n && (found = count_ink(view, side, i, most + 1)) > 0) {
		ink += found;
		if (ink > most)
			return false;
		i++;
	}
	int gap = 0;
	while (i + gap < n && count_ink(view, side, i + gap, 1) == 0)
		gap++;
	if (i + gap == n || gap < GAP_MIN || gap < n / GAP_SHARE)
		return false;
	move_side(&view->in, side, i + gap);
	return true;
}

/* Draws the window in to what is neither ground nor a speck.  False: nothing is. */
static bool
find_ink(struct view *view)
{
	if (!trim_ground(view))
		return false;
	int specks = 0;
	for (enum side side = TOP; side < SIDES; side++)
		while (specks < SPECKS_MAX && cut_speck(view, side)) {
			specks++;
			trim_ground(view);
			side = TOP;
		}
	return true;
}

/* --- the whole ---------------------------------------------------------------- */

/* Of a side of the ink: haze is shown up to a quarter of it; up to the fiftieth, or two
 * pixels, it is no haze but the soft edge of the ink. */
enum { SHOWN_SHARE = 4, EDGE_SHARE = 50, EDGE_MIN = 2 };

/* Widens the window by SIDE while there is something.  Returns by how many lines. */
static int
grow_side(struct view *view, enum side side)
{
	const struct image *image = view->image;
	const struct window *in = &view->in;
	const int room[] = {
	    in->y, image->h - in->y - in->h, in->x, image->w - in->x - in->w};
	int most = lines_of(in, side) / SHOWN_SHARE + EDGE_MIN, n = 0;
	for (; n < most && n < room[side]; n++) {
		move_side(&view->in, side, -1);
		if (count_ink(view, side, 0, 1) == 0) {
			move_side(&view->in, side, 1);
			break;
		}
	}
	return n;
}

bool
ground_trim(struct image *image, struct color card)
{
	const unsigned char rgb[3] = {card.r, card.g, card.b};
	struct table haze, clear;
	table_make(image, rgb, HAZE, &haze);
	table_make(image, rgb, image->noisy ? NOISE : SAME, &clear);
	struct view view = {.image = image, .table = &haze, .in = image->window};
	for (size_t i = 0; i < BLOCK; i++)
		memcpy(view.many + i * (size_t)image->channels, image->memory,
		    (size_t)image->channels);
	view.has_many = is_in(&clear, image->memory, (size_t)image->channels);
	bool found = find_ink(&view);
	if (!found)
		view.in = image->window;
	view.table = &clear;
	if (!found && !find_ink(&view))
		return false;
	image->ink = view.in;
	bool soft = true;
	for (enum side side = TOP; side < SIDES; side++) {
		int edge = lines_of(&image->ink, side) / EDGE_SHARE + EDGE_MIN;
		soft = grow_side(&view, side) <= edge && soft;
	}
	image->window = view.in;
	if (soft)
		image->ink = view.in;
	return true;
}

/* --- a ground that belongs to the picture --------------------------------------- */

/* What shares of pixels, in hundredths, are as good as all and as none, and what makes a
 * stripe. */
enum { ALL = 95, NONE = 5, STRIPE = 15, SHORT = 2 };

/* Whether the pixel I of SIDE, from the left or the top, is pale. */
static bool
is_pale(const struct image *image, struct color card, enum side side, int i)
{
	const unsigned char *p = line_pixel(image, &image->window, side, 0, i);
	return image_is_near(image_color(image, p, 0), card, PALE);
}

/* Of a side, about so many pixels are enough to judge by. */
enum { FLAG_SAMPLES = 200 };

/* Hundredths of SIDE that are pale. */
static int
pale_share(const struct image *image, struct color card, enum side side)
{
	int n = 0, length = length_of(&image->window, side), pale = 0;
	for (int i = 0; i < length; i += length / FLAG_SAMPLES + 1, n++)
		pale += is_pale(image, card, side, i);
	return n > 0 ? pale * 100 / n : 0;
}

/* Whether SIDE and the one after it are pale in the same places. */
static bool
is_mirrored(const struct image *image, struct color card, enum side side)
{
	int n = 0, length = length_of(&image->window, side), same = 0;
	for (int i = 0; i < length; i += length / FLAG_SAMPLES + 1, n++)
		same += is_pale(image, card, side, i) ==
		    is_pale(image, card, (enum side)(side + 1), i);
	return same * 100 >= n * ALL;
}

static bool
is_plain(int share)
{
	return share >= ALL || share <= NONE;
}

bool
ground_is_flag(const struct image *image, struct color card)
{
	bool striped = false, pale = false;
	for (enum side side = TOP; side < SIDES; side += 2) {
		int one = pale_share(image, card, side);
		int other = pale_share(image, card, (enum side)(side + 1));
		if (!(is_plain(one) && is_plain(other)) &&
		    !is_mirrored(image, card, side))
			return false;
		bool mixed = one <= 100 - STRIPE && other <= 100 - STRIPE;
		striped |= mixed && one >= STRIPE && other >= STRIPE;
		pale |= one >= STRIPE || other >= STRIPE;
	}
	return striped && pale;
}

void
ground_find_edges(const struct image *image, struct color card, struct edges *out)
{
	const struct window *in = &image->window;
	out->n = 0;
	for (enum side side = TOP; side < SIDES; side++) {
		int n = length_of(in, side), start = 0;
		int x = in->x + (side == RIGHT ? in->w : 0);
		int y = in->y + (side == BOTTOM ? in->h : 0);
		for (int i = 0; i <= n; i++) {
			if (i < n && is_pale(image, card, side, i))
				continue;
			if (i - start > n * SHORT / 100 && out->n < EDGES_MAX)
				out->list[out->n++] = side <= BOTTOM
				    ? (struct window){x + start, y, i - start, 0}
				    : (struct window){x, y + start, 0, i - start};
			start = i + 1;
		}
	}
}
