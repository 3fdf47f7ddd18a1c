#include "logo/form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* An object: what stands after "obj", up to "endobj" or the bytes of a stream. */
struct value {
	const char *text, *end; /* NULL: it is not in use */
};

/* A PDF of version 1.4, its objects neither packed nor encrypted. */
struct reader {
	const char *pdf; /* a NUL is after it */
	size_t len;
	struct value *objects; /* by number */
	int *copies;           /* by number: from 0; -1: not copied */
	int nobjects, page, contents;
	struct arena arena;
	struct buffer out;
	struct form *form;
	bool transparent; /* what was copied */
};

/* --- reading -------------------------------------------------------------------- */

static struct value
value_at(const char *p)
{
	const char *end = p;
	while (*end != '\0' && (*end != 'e' || strncmp(end, "endobj", 6) != 0) &&
	    (*end != 's' || strncmp(end, "stream", 6) != 0))
		end++;
	return (struct value){p, end};
}

/* ISO 32000-1, 7.5.4 and 7.5.5 */
static bool
read_table(struct reader *r)
{
	const char *p = r->pdf + r->len;
	while (p > r->pdf && strncmp(p, "startxref", 9) != 0)
		p--;
	size_t at = strtoul(p + strcspn(p, "\n"), NULL, 10);
	if (at + 7 > r->len || strncmp(r->pdf + at, "xref\n0 ", 7) != 0)
		return false;
	char *row;
	size_t n = strtoul(r->pdf + at + 7, &row, 10);
	if ((r->len - (size_t)(row - r->pdf)) / 20 < n)
		return false;
	r->objects = arena_alloc(&r->arena, n * sizeof *r->objects);
	r->copies = arena_alloc(&r->arena, n * sizeof *r->copies);
	r->nobjects = (int)n;
	row++;
	for (size_t i = 0; i < n; i++, row += 20) {
		size_t offset = strtoul(row, NULL, 10);
		const char *start = NULL;
		if (row[17] == 'n' && offset < r->len)
			start = strstr(r->pdf + offset, "obj");
		if (start != NULL)
			r->objects[i] = value_at(start + strlen("obj"));
	}
	return true;
}

/* What follows KEY in VALUE; NULL: KEY is not there. */
static const char *
find(struct value value, const char *key)
{
	size_t len = strlen(key);
	const char *p = value.text;
	for (; (p = memchr(p, '/', (size_t)(value.end - p))) != NULL; p++)
		if (strncmp(p, key, len) == 0 && !isalnum((unsigned char)p[len]))
			return p + len + strspn(p + len, " \n");
	return NULL;
}

/* The object number in "N 0 R" at *P, which moves past it; 0: something else is there. */
static int
reference(const struct reader *r, const char **p)
{
	char *end;
	unsigned long n = isdigit((unsigned char)**p) ? strtoul(*p, &end, 10) : 0;
	if (n == 0 || strncmp(end, " 0 R", 4) != 0 || n >= (size_t)r->nobjects ||
	    r->objects[n].text == NULL)
		return 0;
	*p = end + 4;
	return (int)n;
}

/* The bytes of the stream VALUE; data NULL: it is none, or it is cut off. */
static struct bytes
stream_of(const struct reader *r, struct value value)
{
	const char *data = value.end, *length = find(value, "/Length");
	if (*data != 's' || length == NULL)
		return (struct bytes){0};
	int number = reference(r, &length);
	size_t len = strtoul(number == 0 ? length : r->objects[number].text, NULL, 10);
	data += strlen("stream\n");
	if (data + len > r->pdf + r->len)
		return (struct bytes){0};
	return (struct bytes){data, len};
}

/* Finds the page and numbers the objects to be copied: all but the page, its contents and
 * what makes a file of it. */
static bool
choose(struct reader *r)
{
	const char *p;
	for (int i = 1; i < r->nobjects; i++)
		if (r->objects[i].text != NULL &&
		    find(r->objects[i], "/Type /Page") != NULL)
			r->page = i;
	if (r->page == 0 || (p = find(r->objects[r->page], "/Contents")) == NULL)
		return false;
	r->contents = reference(r, &p);
	int n = 0;
	for (int i = 0; i < r->nobjects; i++) {
		struct value value = r->objects[i];
		p = value.text;
		r->copies[i] = p == NULL || i == r->page || i == r->contents ||
			isdigit((unsigned char)p[strspn(p, " \n")]) ||
			find(value, "/Type /Pages") != NULL ||
			find(value, "/Type /Catalog") != NULL ||
			find(value, "/Producer") != NULL
		    ? -1
		    : n++;
	}
	return r->contents != 0;
}

/* --- copying -------------------------------------------------------------------- */

static bool
is_regular(char c)
{
	return strchr(" \t\r\n/<>[](){}%", c) == NULL;
}

static bool
is_name(const char *token, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(token, name, len) == 0;
}

/* Copies the value from P to END, as short as it can be written: without white space,
 * comments, and entries that are made anew or, as "/Interpolate true", forbidden
 * (ISO 19005-2, 6.2.8).  False: it refers to what is not copied. */
static bool
copy_text(struct reader *r, const char *p, const char *end)
{
	struct buffer *out = &r->out;
	size_t first = out->len;
	for (bool drop = false; (p += strspn(p, " \t\r\n")) < end;) {
		const char *token = p;
		int number = reference(r, &p);
		if (number == 0 && *p++ == '%')
			p += strcspn(p, "\n");
		else if (number == 0 && (*token == '/' || is_regular(*token)))
			p += strcspn(p, " \t\r\n/<>[](){}%");
		size_t len = (size_t)(p - token);
		bool left_out = *token == '%' || drop;
		drop = !left_out &&
		    (is_name(token, len, "/Length") ||
			is_name(token, len, "/Interpolate"));
		if (left_out || drop)
			continue;
		if (out->len > first && is_regular(out->data[out->len - 1]) &&
		    is_regular(*token))
			buffer_puts(out, " ");
		if (number != 0 && r->copies[number] < 0)
			return false;
		if (number != 0)
			buffer_printf(out, "@%d", r->copies[number]);
		else
			buffer_append(out, token, len);
	}
	return true;
}

/* Whether TEXT paints with transparency (ISO 32000-1, 11). */
static bool
is_transparent(const char *text, size_t len)
{
	static const char *const signs[] = {
	    "/SMask", "/Transparency", "/BM", "/ca 0", "/CA 0"};
	const char *end = text + len;
	for (; (text = memchr(text, '/', (size_t)(end - text))) != NULL; text++)
		for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
			size_t n = strlen(signs[i]);
			if (n <= (size_t)(end - text) && memcmp(text, signs[i], n) == 0)
				return true;
		}
	return false;
}

/* Adds a copy of VALUE, with the entries PREFIX before its own. */
static bool
copy_object(struct reader *r, struct value value, struct bytes prefix)
{
	const struct bytes data = stream_of(r, value);
	const char *p = value.text, *end = value.end;
	const size_t first = r->out.len;
	struct form *form = r->form;
	struct form_object object = {
	    .is_stream = data.data != NULL, .data_len = data.len};
	if (*end != 'e' && !object.is_stream)
		return false;
	buffer_append(&r->out, prefix.data, prefix.len);
	if (object.is_stream) { /* its entries without the brackets */
		p += strspn(p, " \n<");
		while (*end != '>')
			end--;
		end--;
	}
	if (!copy_text(r, p, end))
		return false;
	object.text_len = r->out.len - first;
	r->transparent |= is_transparent(r->out.data + first, object.text_len);
	buffer_append(&r->out, data.data, data.len);
	form->objects[form->nobjects++] = object;
	return true;
}

/* The form's own entries.  What is transparent is a group, as the page was, so that RGB
 * is what is mixed. */
static void
put_entries(const struct reader *r, int resources, struct buffer *out)
{
	buffer_puts(out, "/Subtype/Form/BBox[0 0 ");
	buffer_number(out, r->form->width);
	buffer_puts(out, " ");
	buffer_number(out, r->form->height);
	buffer_printf(out, "]/Resources @%d", r->copies[resources]);
	if (r->transparent)
		buffer_puts(out, "/Group<</S/Transparency/I true/CS/DeviceRGB>>");
}

static bool
copy_all(struct reader *r)
{
	const char *p = find(r->objects[r->page], "/Resources");
	int resources = p != NULL ? reference(r, &p) : 0;
	bool ok = resources != 0;
	r->form->objects = memory_alloc((size_t)r->nobjects * sizeof *r->form->objects);
	for (int i = 0; ok && i < r->nobjects; i++)
		ok = r->copies[i] < 0 || copy_object(r, r->objects[i], (struct bytes){0});
	if (!ok)
		return false;
	struct buffer entries = {0};
	put_entries(r, resources, &entries);
	ok = copy_object(
	    r, r->objects[r->contents], (struct bytes){entries.data, entries.len});
	buffer_free(&entries);
	return ok;
}

bool
form_copy(struct bytes pdf, struct size size, struct form *out)
{
	*out = (struct form){.width = size.w, .height = size.h};
	struct reader r = {.pdf = pdf.data, .len = pdf.len, .form = out};
	bool ok = read_table(&r) && choose(&r) && copy_all(&r);
	arena_free(&r.arena);
	out->bytes = r.out.data;
	out->len = r.out.len;
	return ok;
}

void
form_free(struct form *form)
{
	free(form->objects);
	free(form->bytes);
	*form = (struct form){0};
}
