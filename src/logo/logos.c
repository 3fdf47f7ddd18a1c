#include "logo/logo.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/spelling.h"
#include "logo/drawing.h"
#include "logo/find.h"
#include "logo/load.h"

enum { JOBS_MAX = 64 };
enum { MEMORY = 512 * 1024 * 1024, TRIM_FROM = 16 * 1024 * 1024 }; /* bytes of pixels */

/* A file that is asked for, once or several times. */
struct item {
	struct diag told; /* what is wrong with the file */
	struct logo logo;
	struct logo_file file; /* its bytes only while it is loaded */
	bool ok;
	struct logo *same; /* one of the logos of the same content */
};

struct logo_store {
	const struct logo_request **asked; /* each file on each card once, sorted */
	const char **names;                /* of the files, in the same order */
	struct item *items;                /* likewise */
	int n;
};

/* What the threads share. */
struct work {
	const struct logo_options *options;
	struct logo_folder folder;
	struct logo_store *store;
	int next;    /* file that nobody has taken yet */
	int done;    /* files that are loaded */
	size_t held; /* bytes of pixels, by all threads */
	pthread_mutex_t lock;
	pthread_cond_t given; /* some of them were given back */
};

/* --- loading ------------------------------------------------------------------ */

/* Waits for room for LEN bytes of pixels.  More than there can be are held alone. */
static void
take_room(struct work *work, size_t len)
{
	pthread_mutex_lock(&work->lock);
	while (work->held > 0 && work->held + len > MEMORY)
		pthread_cond_wait(&work->given, &work->lock);
	work->held += len;
	pthread_mutex_unlock(&work->lock);
}

static void
give_room(struct work *work, size_t len)
{
	if (len >= TRIM_FROM)
		memory_trim();
	pthread_mutex_lock(&work->lock);
	work->held -= len;
	pthread_cond_broadcast(&work->given);
	pthread_mutex_unlock(&work->lock);
}

static void
load_item(struct work *work, struct codec *codec, int i)
{
	struct item *item = &work->store->items[i];
	struct buffer *bytes = &item->file.bytes;
	if (logo_file_read(&work->folder, i, &item->told, &item->file)) {
		struct logo_source source = {.bytes = (const unsigned char *)bytes->data,
		    .len = bytes->len,
		    .card = work->store->asked[i]->card,
		    .on_paper = work->store->asked[i]->on_paper,
		    .path = work->folder.shown[i],
		    .d = &item->told};
		size_t len = sniff_pixels_len(&source);
		take_room(work, len);
		item->ok = logo_load(work->options, codec, &source, &item->logo);
		give_room(work, len);
	}
	buffer_free(bytes);
}

/* Settles the item that a thread has loaded, if it has, and takes the next one. */
static int
take_item(struct work *work, bool loaded)
{
	pthread_mutex_lock(&work->lock);
	if (loaded && work->options->progress != NULL)
		work->options->progress(++work->done, work->store->n);
	int i = work->next++;
	pthread_mutex_unlock(&work->lock);
	return i;
}

static void *
run_worker(void *data)
{
	struct work *work = data;
	struct codec codec;
	codec_open(&codec);
	for (int i = take_item(work, false); i < work->store->n;
	     i = take_item(work, true))
		load_item(work, &codec, i);
	codec_close(&codec);
	return NULL;
}

static int
count_jobs(const struct work *work)
{
	long jobs = work->options->jobs;
	if (jobs <= 0)
		jobs = sysconf(_SC_NPROCESSORS_ONLN);
	if (jobs > work->store->n)
		jobs = work->store->n;
	if (jobs > JOBS_MAX)
		jobs = JOBS_MAX;
	return jobs < 1 ? 1 : (int)jobs;
}

/* Loads all items.  A thread that cannot be had leaves its work to the others. */
static void
run_jobs(struct work *work)
{
	pthread_t threads[JOBS_MAX];
	int jobs = count_jobs(work), started = 0;
	pthread_mutex_init(&work->lock, NULL);
	pthread_cond_init(&work->given, NULL);
	while (started < jobs - 1 &&
	    pthread_create(&threads[started], NULL, run_worker, work) == 0)
		started++;
	run_worker(work);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	memory_trim();
	pthread_mutex_destroy(&work->lock);
	pthread_cond_destroy(&work->given);
}

/* --- the same file, the same pixels ------------------------------------------- */

static int
compare_requests(const void *a, const void *b)
{
	const struct logo_request *x = *(const struct logo_request *const *)a,
				  *y = *(const struct logo_request *const *)b;
	int order = strcmp(x->name.s, y->name.s);
	return order != 0 ? order : memcmp(&x->card, &y->card, sizeof x->card);
}

/* Makes an item for each file on each card among the N REQUESTS. */
static void
collect_items(const struct logo_request *requests, int n, struct logo_store *store)
{
	size_t len = (size_t)n;
	const struct logo_request **asked = memory_alloc(len * sizeof *asked);
	for (int i = 0; i < n; i++)
		asked[i] = &requests[i];
	qsort(asked, len, sizeof *asked, compare_requests);
	for (int i = 0; i < n; i++)
		if (i == 0 || compare_requests(&asked[i], &asked[store->n - 1]) != 0)
			asked[store->n++] = asked[i];
	store->asked = asked;
	store->names = memory_alloc(len * sizeof *store->names);
	store->items = memory_alloc(len * sizeof *store->items);
	for (int i = 0; i < store->n; i++) {
		store->names[i] = asked[i]->name.s;
		store->items[i] = (struct item){.logo = {.number = -1}};
	}
}

static const struct item *
find_item(const struct logo_store *store, const struct logo_request *request)
{
	const struct logo_request **found = bsearch(&request, store->asked,
	    (size_t)store->n, sizeof *store->asked, compare_requests);
	return &store->items[found - store->asked];
}

static int
compare_rasters(const struct raster *x, const struct raster *y)
{
	const size_t mine[] = {x->len, (size_t)x->npalette, (size_t)x->width_px,
	    (size_t)x->height_px, x->space, (size_t)x->bits, x->predictor, x->jpeg,
	    x->ycbcr, x->orientation};
	const size_t theirs[] = {y->len, (size_t)y->npalette, (size_t)y->width_px,
	    (size_t)y->height_px, y->space, (size_t)y->bits, y->predictor, y->jpeg,
	    y->ycbcr, y->orientation};
	int order = memcmp(mine, theirs, sizeof mine);
	if (order == 0)
		order = memcmp(x->data, y->data, x->len);
	if (order == 0 && x->npalette > 0)
		order = memcmp(x->palette, y->palette, 3 * (size_t)x->npalette);
	return order;
}

static int
compare_forms(const struct form *x, const struct form *y)
{
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	if (x->nobjects != y->nobjects)
		return x->nobjects < y->nobjects ? -1 : 1;
	return memcmp(x->bytes, y->bytes, x->len);
}

/* Alike are those that look alike: of one kind, with one margin. */
static int
compare_logos(const struct logo *x, const struct logo *y)
{
	const double gaps[] = {(double)x->kind - (double)y->kind, x->frame.x - y->frame.x,
	    x->frame.y - y->frame.y, x->frame.w - y->frame.w, x->frame.h - y->frame.h,
	    x->shown.x - y->shown.x, x->shown.y - y->shown.y, x->shown.w - y->shown.w,
	    x->shown.h - y->shown.h};
	for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++)
		if (gaps[i] != 0)
			return gaps[i] < 0 ? -1 : 1;
	int order = x->nedges - y->nedges;
	if (order == 0 && x->nedges > 0)
		order = memcmp(x->edges, y->edges, (size_t)x->nedges * sizeof *x->edges);
	if (order != 0)
		return order;
	return x->kind == LOGO_FORM ? compare_forms(&x->form, &y->form)
				    : compare_rasters(&x->raster, &y->raster);
}

static int
compare_items(const void *a, const void *b)
{
	const struct item *x = *(struct item *const *)a, *y = *(struct item *const *)b;
	if (!x->ok || !y->ok)
		return x->ok != y->ok ? y->ok - x->ok : (x > y) - (x < y);
	int order = compare_logos(&x->logo, &y->logo);
	return order != 0 ? order : (x > y) - (x < y);
}

/* Points items of the same content to one of them. */
static void
merge_items(struct logo_store *store)
{
	size_t n = (size_t)store->n;
	struct item **order = memory_alloc(n * sizeof *order), *first = NULL;
	for (size_t i = 0; i < n; i++)
		order[i] = &store->items[i];
	qsort(order, n, sizeof *order, compare_items);
	for (size_t i = 0; i < n && order[i]->ok; i++) {
		if (first == NULL || compare_logos(&first->logo, &order[i]->logo) != 0)
			first = order[i];
		order[i]->same = &first->logo;
		if (order[i] != first)
			logo_free(&order[i]->logo);
	}
	free(order);
}

/* --- the whole ---------------------------------------------------------------- */

static void *
run_ahead(void *data)
{
	drawing_load();
	return data;
}

void
logo_ahead_start(struct logo_ahead *ahead, const char *name)
{
	if (!ahead->started && spelling_ends(name, ".svg"))
		ahead->started =
		    pthread_create(&ahead->thread, NULL, run_ahead, NULL) == 0;
}

void
logo_ahead_close(struct logo_ahead *ahead)
{
	if (ahead->started)
		pthread_join(ahead->thread, NULL);
	ahead->started = false;
}

void
logo_free(struct logo *logo)
{
	if (logo->kind == LOGO_FORM)
		form_free(&logo->form);
	else
		raster_free(&logo->raster);
	free(logo->edges);
	logo->edges = NULL;
}

/* Loads what is asked for, all of it from WORK's folder. */
static bool
load_all(const struct logo_request *requests, struct work *work, struct diag *d,
    struct logos *out)
{
	struct logo_store *store = work->store;
	run_jobs(work);
	/* by one thread: each may be looked for among all that are there */
	for (int i = 0; i < store->n; i++)
		if (store->items[i].file.missing)
			logo_folder_miss(&work->folder, i, &store->items[i].told);
	merge_items(store);
	bool ok = true;
	for (int i = 0, number = work->options->first; i < out->n; i++) {
		const struct item *item = find_item(store, &requests[i]);
		diag_merge(d, &item->told, requests[i].name.at);
		ok = ok && item->ok;
		out->list[i] = item->same;
		if (item->same != NULL && item->same->number < 0)
			item->same->number = number++;
	}
	return ok;
}

bool
logos_open(const struct logo_request *requests, int n, const struct logo_options *options,
    struct diag *d, struct logos *out)
{
	struct logo_store *store = memory_alloc(sizeof *store);
	*store = (struct logo_store){0};
	*out = (struct logos){.n = n, .store = store};
	out->list = memory_alloc((size_t)n * sizeof *out->list);
	for (int i = 0; i < n; i++)
		out->list[i] = NULL;
	collect_items(requests, n, store);
	struct work work = {.options = options, .store = store};
	bool ok =
	    logo_folder_open(options->folder, store->names, store->n, d, &work.folder) &&
	    load_all(requests, &work, d, out);
	logo_folder_close(&work.folder);
	return ok;
}

bool
logos_have_file(const struct logos *logos, dev_t dev, ino_t ino)
{
	const struct logo_store *store = logos->store;
	for (int i = 0; store != NULL && i < store->n; i++)
		if (store->items[i].file.dev == dev && store->items[i].file.ino == ino)
			return true;
	return false;
}

void
logos_close(struct logos *logos)
{
	struct logo_store *store = logos->store;
	for (int i = 0; store != NULL && i < store->n; i++) {
		logo_free(&store->items[i].logo);
		diag_free(&store->items[i].told);
	}
	if (store != NULL) {
		free(store->items);
		free(store->names);
		free(store->asked);
	}
	free(store);
	free(logos->list);
	*logos = (struct logos){0};
}
