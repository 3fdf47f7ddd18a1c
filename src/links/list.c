#include "links/list.h"

#include <string.h>

#include "announcement/announcement.h"
#include "cities/cities.h"
#include "cities/header.h"
#include "input/encoding.h"
#include "link/link.h"

/* Adds URL at the place of REFERENCE.  The index of its target; -1: it cannot be asked
 * for, and the generator says why. */
static int
add(struct list *list, const char *url, struct reference reference, struct arena *a)
{
	struct link_verdict verdict = {0};
	struct arena scratch = {0};
	bool ok = url[0] != '\0' && link_judge(url, LINK_WEB, &scratch, &verdict);
	arena_free(&scratch);
	if (!ok)
		return -1;
	int64_t *index = map_at(&list->index, a, url);
	if (*index == 0) {
		struct target *target = arena_append(a, list->targets, list->ntargets);
		*target = (struct target){.url = url, .is_short = true};
		*index = list->ntargets;
	}
	reference.target = (int)*index - 1;
	list->targets[reference.target].is_short &= reference.page >= 0;
	*arena_append(a, list->references, list->nreferences) = reference;
	return reference.target;
}

/* Tells D of the errors in FAULTS, and frees these. */
static void
tell_errors(struct diag *faults, struct diag *d)
{
	for (int i = 0; i < faults->n; i++)
		if (faults->list[i].severity == SEVERITY_ERROR)
			diag_report(d, faults->list[i].rule, faults->list[i].at, "%s",
			    faults->list[i].message);
	diag_free(faults);
}

static void
add_rows(struct list *list, const struct header *header, struct arena *a)
{
	int url = header->index[COLUMN_URL], name = header->index[COLUMN_CITY];
	int brief = header->index[COLUMN_SHORT];
	for (int i = header->first; i < list->table.n; i++) {
		const struct csv_row *row = &list->table.rows[i];
		if (row->n <= url || row->n <= name)
			continue;
		const struct csv_cell *cell = &row->cells[url];
		struct reference reference = {
		    cell->text.at, row->cells[name].text.s, cell, .page = -1};
		reference.page = add(list, cell->text.s, reference, a);
		if (brief < 0 || row->n <= brief || reference.page < 0 ||
		    row->cells[brief].text.s[0] == '\0')
			continue;
		reference.at = row->cells[brief].text.at;
		reference.cell = NULL;
		add(list, arena_printf(a, "https://%s", row->cells[brief].text.s),
		    reference, a);
	}
}

static void
read_cities(const char *path, struct arena *a, struct diag *d, struct list *list)
{
	struct source *source = arena_alloc(a, sizeof *source);
	struct diag faults = {0}, again = {0};
	struct cities cities;
	struct header header;
	if (!source_read(path, LIST_MAX, a, d, source))
		return;
	list->saved = *source;
	list->saved.bytes = arena_strndup(a, source->bytes, source->len);
	cities_parse(source, a, &faults, &cities);
	if (encoding_any(source, a, &again)) {
		diag_add_source(d, source->file, source->bytes, source->len);
		csv_read(source, header_separator(source), a, &again, &list->table);
		if (list->table.n > 0 && header_find(&list->table, &again, &header))
			add_rows(list, &header, a);
	}
	tell_errors(&faults, d);
	diag_free(&again);
}

static void
add_blocks(struct list *list, const struct block *blocks, int n, struct arena *a)
{
	for (int i = 0; i < n; i++) {
		int last = 0;
		for (int j = 0; j < blocks[i].nruns; j++) {
			const struct run *run = &blocks[i].runs[j];
			if (run->link != NULL && run->link_id != last)
				add(list, run->link,
				    (struct reference){.at = run->at, .page = -1}, a);
			last = run->link_id;
		}
		add_blocks(list, blocks[i].children, blocks[i].nchildren, a);
	}
}

void
list_read(const char *cities, const char *announcement, struct arena *a, struct diag *d,
    struct list *out)
{
	*out = (struct list){0};
	read_cities(cities, a, d, out);
	if (announcement == NULL)
		return;
	struct announcement text = {0};
	struct diag faults = {0};
	announcement_read(announcement, a, &faults, &text);
	tell_errors(&faults, d);
	const struct contact sites[] = {text.publisher.site, text.grid.closing.link};
	for (int i = 0; i < 2; i++)
		if (sites[i].url != NULL)
			add(out, sites[i].url,
			    (struct reference){.at = sites[i].shown.at, .page = -1}, a);
	add_blocks(out, text.blocks, text.nblocks, a);
}
