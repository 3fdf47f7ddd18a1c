#include "logo/svg.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "logo/embedded.h"

enum {
	DATA_MAX = 10 * 1024 * 1024, /* libxml2, by which librsvg reads, takes no more */
	DEPTH_MAX = 200,             /* libxml2 stops at 256 */
	REACH_MAX = 200,             /* elements, one in or by way of the other */
	WORK_MAX = 50000,            /* shapes: some seconds */
	PICTURE_MAX = 100 * 1000000, /* bytes of pixels, of all pictures */
	PICTURE_BYTES = 10000,       /* of pixels, drawn while one shape is */
	FILTER = 250,                /* shapes drawn while one filter is */
	TURBULENCE = 2500            /* the same of a filter that makes noise */
};

/* What makes an SVG more than a drawing, or too much of one. */
enum fault {
	FAULT_TEXT,
	FAULT_OUTSIDE,
	FAULT_SCRIPT,
	FAULT_ANIMATION,
	FAULT_ENTITY,
	FAULT_FOREIGN,
	FAULT_PICTURE,
	FAULT_DAMAGED,
	FAULT_DATA,
	FAULT_DEPTH,
	FAULT_WORK,
	FAULT_COUNT
};

/* The path, the line and the element are the conversions in each message; ELEMENTS are
 * refused wherever they stand. */
static const struct {
	enum rule rule;
	const char *message, *elements;
} faults[FAULT_COUNT] = {
    [FAULT_TEXT] = {RULE_LOGO_TEXT,
	N_("%s, line %d: <%s> is text, which looks different on every computer; convert "
	   "it to paths: in Inkscape with Path > Object to Path, in Illustrator with "
	   "Type > Create Outlines"),
	" tref "},
    [FAULT_OUTSIDE] = {RULE_LOGO_REFERENCE,
	N_("%s, line %d: <%s> refers to something outside the file, which is not read; "
	   "remove it or, if it is a picture, embed it: in Inkscape with Extensions > "
	   "Images > Embed Images, in Illustrator with Embed in the Links panel"),
	NULL},
    [FAULT_SCRIPT] = {RULE_LOGO_CONTENT,
	N_("%s, line %d: <%s> holds a script, which paper cannot run; remove it, or "
	   "use a version of the logo without it"),
	" script "},
    [FAULT_ANIMATION] = {RULE_LOGO_CONTENT,
	N_("%s, line %d: <%s> is an animation; remove it, or use a version of the logo "
	   "that does not move"),
	" animate animateColor animateMotion animateTransform set discard "},
    [FAULT_ENTITY] = {RULE_LOGO_CONTENT,
	N_("%s, line %d: <%s> is an entity; save the file again: in Illustrator without "
	   "\"Preserve Illustrator Editing Capabilities\", in Inkscape as Plain SVG"),
	NULL},
    [FAULT_FOREIGN] = {RULE_LOGO_CONTENT,
	N_("%s, line %d: <%s> cannot be drawn; remove it, or draw that part with plain "
	   "shapes"),
	" foreignObject meshgradient meshGradient mesh hatch solidcolor solidColor "
	"color-profile video audio iframe canvas "},
    [FAULT_PICTURE] = {RULE_LOGO_CONTENT,
	N_("%s, line %d: <%s> holds a picture that is not a PNG or JPEG; embed it as one "
	   "of these"),
	NULL},
    [FAULT_DAMAGED] = {RULE_LOGO_DAMAGED,
	N_("%s, line %d: <%s> holds a picture that is damaged; embed it again"), NULL},
    [FAULT_DATA] = {RULE_LOGO_SIZE,
	N_("%s, line %d: <%s> holds too large a picture; embed one of at most 10 MB and "
	   "25 million pixels"),
	NULL},
    [FAULT_DEPTH] = {RULE_LOGO_SIZE,
	N_("%s, line %d: <%s> is nested too deep; ungroup the drawing, and save it "
	   "again"),
	NULL},
    [FAULT_WORK] = {RULE_LOGO_SIZE,
	N_("%s, line %d: <%s> draws more than 50,000 shapes; simplify the drawing"),
	NULL},
};

struct element {
	const char *name; /* without its namespace */
	int line;
	int next;      /* the element after all that is in this one */
	int first_ref; /* its references end where those of the next one begin */
	long work;     /* shapes: its own, or with all that it draws, once counted */
	bool counted;
};

/* An element that can be referred to. */
struct mark {
	const char *id;
	int element;
};

struct judge {
	const struct logo_source *file;
	struct buffer *out;
	XML_Parser parser;
	struct arena arena;
	struct element *elements;
	int nelements, open[DEPTH_MAX], depth;
	struct mark *marks;
	const char **refs; /* the marks that elements refer to */
	int nmarks, nrefs;
	int text, style;     /* the element of text or style that is open; -1: none */
	struct buffer sheet; /* what stands in that style */
	size_t room;         /* for pixels of pictures, bytes */
	bool svg;            /* the root is <svg> */
	int first;           /* element that draws; 0: none yet */
	struct svg_shape *first_shape;
	bool told[FAULT_COUNT], refused;
};

static void
refuse_here(struct judge *j, enum fault fault, int line, const char *name)
{
	j->refused = true;
	if (!j->told[fault])
		diag_report(j->file->d, faults[fault].rule, j->file->at,
		    _(faults[fault].message), j->file->path, line, name);
	j->told[fault] = true;
}

static void
refuse(struct judge *j, enum fault fault, int element)
{
	refuse_here(j, fault, j->elements[element].line, j->elements[element].name);
}

static int
line_here(const struct judge *j)
{
	return (int)XML_GetCurrentLineNumber(j->parser);
}

/* --- references ----------------------------------------------------------------- */

static void
judge_picture(struct judge *j, int element, const char *url)
{
	static const enum fault faults_of[] = {[EMBEDDED_OTHER] = FAULT_PICTURE,
	    [EMBEDDED_LARGE] = FAULT_DATA,
	    [EMBEDDED_DAMAGED] = FAULT_DAMAGED};
	struct embedded found = {.is = EMBEDDED_LARGE};
	if (strlen(url) <= DATA_MAX)
		found = embedded_judge(&j->arena, url, j->room,
		    j->out->data + XML_GetCurrentByteIndex(j->parser));
	if (found.is != EMBEDDED_WHOLE)
		refuse(j, faults_of[found.is], element);
	j->room -= found.pixels_len;
	j->elements[element].work += (long)(found.pixels_len / PICTURE_BYTES);
}

static void
add_element(struct judge *j, const char *name, int line)
{
	*arena_append(&j->arena, j->elements, j->nelements) = (struct element){
	    .name = name, .line = line, .first_ref = j->nrefs, .work = 1};
}

static void
add_mark(struct judge *j, const char *id, int element)
{
	*arena_append(&j->arena, j->marks, j->nmarks) = (struct mark){id, element};
}

static void
add_ref(struct judge *j, const char *id, size_t len)
{
	*arena_append(&j->arena, j->refs, j->nrefs) = arena_strndup(&j->arena, id, len);
}

/* Judges each "url(...)" in TEXT, of an attribute or a style sheet.  The latter may hold
 * fonts, since nothing uses them. */
static void
judge_urls(struct judge *j, int element, const char *text)
{
	for (const char *p = text; (p = strchr(p, '(')) != NULL;) {
		bool url = p - text >= 3 && strncasecmp(p - 3, "url", 3) == 0;
		p += 1 + strspn(p + 1, " \t\r\n\"'");
		bool font = j->style >= 0 && strncasecmp(p, "data:", 5) == 0 &&
		    strncasecmp(p, "data:image", 10) != 0;
		if (url && *p == '#')
			add_ref(j, p + 1, strcspn(p + 1, "\"') \t\r\n"));
		else if (url && !font)
			refuse(j, FAULT_OUTSIDE, element);
	}
}

static void
judge_href(struct judge *j, int element, const char *value)
{
	const char *name = j->elements[element].name;
	bool picture = strcmp(name, "image") == 0 || strcmp(name, "feImage") == 0;
	value += strspn(value, " \t\r\n");
	if (*value == '#')
		add_ref(j, value + 1, strlen(value + 1));
	else if (picture && strncasecmp(value, "data:", 5) == 0)
		judge_picture(j, element, value);
	else if (*value != '\0' && strcmp(name, "a") != 0)
		refuse(j, FAULT_OUTSIDE, element);
}

/* A class is referred to as "." and its name, which no ID begins with. */
static void
judge_classes(struct judge *j, const char *value)
{
	static const char white[] = " \t\r\n\f";
	while (*(value += strspn(value, white)) != '\0') {
		size_t len = strcspn(value, white);
		const char *name = arena_printf(&j->arena, ".%.*s", (int)len, value);
		add_ref(j, name, len + 1);
		value += len;
	}
}

static void
judge_attribute(struct judge *j, int element, const char *name, const char *value)
{
	if (strcmp(name, "href") == 0 ||
	    strcmp(name, "http://www.w3.org/1999/xlink href") == 0)
		judge_href(j, element, value);
	else if (strchr(name, ' ') != NULL)
		return; /* of a drawing program's own */
	else if (strcmp(name, "id") == 0)
		add_mark(j, arena_strdup(&j->arena, value), element);
	else if (strcmp(name, "class") == 0)
		judge_classes(j, value);
	else if (strncmp(name, "on", 2) == 0)
		refuse(j, FAULT_SCRIPT, element);
	else if (strcmp(name, "systemLanguage") == 0) /* of whoever runs this */
		refuse(j, FAULT_FOREIGN, element);
	else if (strcmp(name, "d") != 0)
		judge_urls(j, element, value);
}

/* Adds an element for the rule of a style sheet that begins at SELECTOR and whose body is
 * BODY: those of its classes draw what that refers to, or all do if it names none. */
static void
judge_rule(struct judge *j, const char *selector, const char *body)
{
	int rule = j->nelements, before = j->nmarks;
	add_element(j, "style", j->elements[j->style].line);
	j->elements[rule].next = rule + 1;
	judge_urls(j, j->style, body);
	if (j->nrefs == j->elements[rule].first_ref)
		return;
	for (const char *p = selector; (p = strchr(p, '.')) != NULL;) {
		size_t len = 1 + strcspn(p + 1, " \t\r\n.,#:>+~[*");
		add_mark(j, arena_strndup(&j->arena, p, len), rule);
		p += len;
	}
	if (j->nmarks == before)
		add_mark(j, "*", rule);
}

static void
judge_sheet(struct judge *j)
{
	buffer_append(&j->sheet, "", 1);
	char *text = j->sheet.data, *rest = NULL;
	for (char *p = text; (p = strchr(p, '@')) != NULL; p++)
		if (strncasecmp(p, "@import", 7) == 0)
			refuse(j, FAULT_OUTSIDE, j->style);
		else if (strncasecmp(p, "@keyframes", 10) == 0)
			refuse(j, FAULT_ANIMATION, j->style);
	for (char *rule = strtok_r(text, "}", &rest); rule != NULL;
	     rule = strtok_r(NULL, "}", &rest)) {
		char *body = rule + strcspn(rule, "{");
		if (*body != '\0')
			*body++ = '\0';
		judge_rule(j, rule, *body != '\0' ? body : rule);
	}
	j->sheet.len = 0;
}

/* --- reading -------------------------------------------------------------------- */

/* The local name of an element of SVG, or of no namespace, which librsvg takes for the
 * same; else NULL. */
static const char *
svg_name(const char *name)
{
	static const char svg[] = "http://www.w3.org/2000/svg ";
	if (strncmp(name, svg, sizeof svg - 1) == 0)
		return name + sizeof svg - 1;
	return strchr(name, ' ') == NULL ? name : NULL;
}

/* Where the name of the tag ends that was read, without regard to what is before it. */
static size_t
name_end(const struct judge *j)
{
	size_t i = (size_t)XML_GetCurrentByteIndex(j->parser) + 1;
	i += j->out->data[i] == '/' ? 1 : 0;
	return i + strcspn(j->out->data + i, "> \t\r\n/");
}

/* librsvg makes links of the PDF page of <a>: names it <g>, where it begins or ends. */
static void
rename_link(struct judge *j)
{
	char *p = j->out->data + name_end(j);
	if (p[-1] == 'a')
		p[-1] = 'g';
}

/* Whether NAME stands in NAMES, which have a space before and after each. */
static bool
is_among(const char *name, const char *names)
{
	char word[32];
	snprintf(word, sizeof word, " %s ", name);
	return strstr(names, word) != NULL;
}

/* Remembers ELEMENT if it is the first that draws. */
static void
keep_first(struct judge *j, int element, const char *name)
{
	if (j->first > 0 ||
	    !is_among(name, " rect path polygon circle ellipse line polyline use image "))
		return;
	for (int i = 0; i < j->depth; i++)
		if (is_among(j->elements[j->open[i]].name,
			" defs symbol clipPath mask pattern marker filter "))
			return;
	j->first = element;
	if (!is_among(name, " rect path polygon "))
		return;
	snprintf(j->first_shape->name, sizeof j->first_shape->name, "%s", name);
	j->first_shape->start = name_end(j) - strlen(name);
}

static void
judge_element(struct judge *j, int element, const char *name)
{
	for (int i = 0; i < FAULT_COUNT; i++)
		if (faults[i].elements != NULL && is_among(name, faults[i].elements))
			refuse(j, (enum fault)i, element);
	if (strcmp(name, "text") == 0 || strcmp(name, "flowRoot") == 0)
		j->text = element;
	if (strcmp(name, "style") == 0)
		j->style = element;
	if (strcmp(name, "a") == 0)
		rename_link(j);
	if (strncmp(name, "fe", 2) == 0 || strcmp(name, "mask") == 0 ||
	    strcmp(name, "pattern") == 0)
		j->elements[element].work =
		    strcmp(name, "feTurbulence") == 0 ? TURBULENCE : FILTER;
}

static void XMLCALL
start_element(void *user, const XML_Char *full, const XML_Char **attributes)
{
	struct judge *j = user;
	const char *space = strrchr(full, ' '), *name = svg_name(full);
	int element = j->nelements;
	add_element(
	    j, arena_strdup(&j->arena, space != NULL ? space + 1 : full), line_here(j));
	if (j->depth == DEPTH_MAX) {
		refuse(j, FAULT_DEPTH, element);
		XML_StopParser(j->parser, XML_FALSE);
		return;
	}
	j->open[j->depth++] = element;
	if (strcmp(full, "http://www.w3.org/2001/XInclude include") == 0)
		refuse(j, FAULT_OUTSIDE, element);
	if (name == NULL)
		return;
	j->svg = j->svg || (element == 0 && strcmp(name, "svg") == 0);
	judge_element(j, element, name);
	keep_first(j, element, name);
	for (int i = 0; attributes[i] != NULL; i += 2)
		judge_attribute(j, element, attributes[i], attributes[i + 1]);
}

static void XMLCALL
end_element(void *user, const XML_Char *full)
{
	struct judge *j = user;
	int element = j->open[--j->depth];
	const char *name = svg_name(full);
	j->elements[element].next = j->nelements;
	if (element == j->style) {
		judge_sheet(j);
		j->style = -1;
	}
	if (element == j->text)
		j->text = -1;
	if (name != NULL && strcmp(name, "a") == 0)
		rename_link(j);
	const char *tag = j->out->data + XML_GetCurrentByteIndex(j->parser);
	if (element == j->first && tag[1] == '/')
		j->first_shape->end = name_end(j) - strlen(j->elements[element].name);
}

static void XMLCALL
add_characters(void *user, const XML_Char *s, int len)
{
	struct judge *j = user;
	if (j->style >= 0)
		buffer_append(&j->sheet, s, (size_t)len);
	for (int i = 0; j->text >= 0 && i < len; i++)
		if (strchr(" \t\r\n", s[i]) == NULL)
			refuse(j, FAULT_TEXT, j->text);
}

static void XMLCALL
declare_entity(/* NOLINT: its type */ void *user, const XML_Char *name, int is_parameter,
    const XML_Char *value, int len, const XML_Char *base, const XML_Char *system,
    const XML_Char *public, const XML_Char *notation)
{
	struct judge *j = user;
	(void)name, (void)is_parameter, (void)value, (void)len, (void)base, (void)system,
	    (void)public, (void)notation;
	refuse_here(j, FAULT_ENTITY, line_here(j), "!ENTITY");
	XML_StopParser(j->parser, XML_FALSE);
}

/* One that only a file outside would declare. */
static void XMLCALL
skip_entity(void *user, const XML_Char *name, int is_parameter)
{
	(void)name, (void)is_parameter;
	refuse_here(user, FAULT_ENTITY, line_here(user), "!ENTITY");
}

static void XMLCALL
obey_instruction(void *user, const XML_Char *target, const XML_Char *data)
{
	(void)data;
	if (strcmp(target, "xml-stylesheet") == 0)
		refuse_here(user, FAULT_OUTSIDE, line_here(user), "?xml-stylesheet");
}

/* --- what it takes to draw it --------------------------------------------------- */

static long count_work(struct judge *j, int element, int reach);

static int
compare_marks(const void *a, const void *b)
{
	return strcmp(((const struct mark *)a)->id, ((const struct mark *)b)->id);
}

/* The shapes that are drawn for what ID refers to, REACH elements away. */
static long
count_marked(struct judge *j, const char *id, int reach)
{
	int low = 0, high = j->nmarks;
	while (low < high) {
		int middle = (low + high) / 2;
		if (strcmp(j->marks[middle].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	long work = 0;
	for (; low < j->nmarks && work <= WORK_MAX && strcmp(j->marks[low].id, id) == 0;
	     low++)
		work += count_work(j, j->marks[low].element, reach);
	return work;
}

/* The shapes that are drawn for ELEMENT: its own, those in it, and those that any of them
 * refers to.  REACH elements lead to it. */
static long
count_work(struct judge *j, int element, int reach)
{
	struct element *e = &j->elements[element];
	if (e->counted)
		return e->work;
	long work = e->work;
	e->counted = true;
	e->work = 0; /* a circle draws nothing */
	if (reach == REACH_MAX) {
		refuse(j, FAULT_DEPTH, element);
		return 0;
	}
	/* no more than needed: one that is refused may have millions */
	for (int i = element + 1; i < e->next && work <= WORK_MAX;
	     i = j->elements[i].next)
		work += count_work(j, i, reach + 1);
	int last = element + 1 < j->nelements ? e[1].first_ref : j->nrefs;
	for (int i = e->first_ref; i < last && work <= WORK_MAX; i++)
		work += count_marked(j, j->refs[i], reach + 1);
	work += count_marked(j, "*", reach + 1);
	if (work > WORK_MAX) {
		refuse(j, FAULT_WORK, element);
		work = WORK_MAX;
	}
	return e->work = work;
}

/* --- the whole ------------------------------------------------------------------ */

/* Tells why nothing could be read. */
static void
report(const struct judge *j, enum XML_Error error)
{
	const struct logo_source *file = j->file;
	if (error == XML_ERROR_NO_MEMORY)
		memory_exhausted();
	if (error == XML_ERROR_UNKNOWN_ENCODING || error == XML_ERROR_INCORRECT_ENCODING)
		diag_report(file->d, RULE_LOGO_FORMAT, file->at,
		    _("%s is not in UTF-8; save the SVG in UTF-8"), file->path);
	else if (error != XML_ERROR_ABORTED)
		diag_report(file->d, RULE_LOGO_DAMAGED, file->at,
		    _("%s, line %d: not well-formed (%s); export the logo as SVG again"),
		    file->path, line_here(j), XML_ErrorString(error));
}

static bool
parse(struct judge *j)
{
	XML_SetUserData(j->parser, j);
	XML_SetElementHandler(j->parser, start_element, end_element);
	XML_SetCharacterDataHandler(j->parser, add_characters);
	XML_SetEntityDeclHandler(j->parser, declare_entity);
	XML_SetSkippedEntityHandler(j->parser, skip_entity);
	XML_SetProcessingInstructionHandler(j->parser, obey_instruction);
	/* of UTF-16, rename_link knows nothing */
	bool narrow = memchr(j->out->data, '\0', j->out->len) == NULL;
	bool ok = narrow &&
	    XML_Parse(j->parser, j->out->data, (int)j->out->len, XML_TRUE) ==
		XML_STATUS_OK;
	if (!ok)
		report(
		    j, narrow ? XML_GetErrorCode(j->parser) : XML_ERROR_UNKNOWN_ENCODING);
	return ok;
}

/* Judges what was read. */
static bool
judge_whole(struct judge *j)
{
	const struct logo_source *file = j->file;
	if (!j->svg)
		diag_report(file->d, RULE_LOGO_FORMAT, file->at,
		    _("%s is XML, but not SVG: it begins with <%s>; export the logo as SVG"),
		    file->path, j->elements[0].name);
	else if (file->len > DATA_MAX && !j->refused)
		diag_report(file->d, RULE_LOGO_SIZE, file->at,
		    _("%s takes %zu MB; save the logo as an SVG of at most %d MB"),
		    file->path, file->len / 1048576, DATA_MAX / 1048576);
	else {
		if (j->nmarks > 0)
			qsort(
			    j->marks, (size_t)j->nmarks, sizeof *j->marks, compare_marks);
		count_work(j, 0, 0);
		return !j->refused;
	}
	return false;
}

void
svg_hide(struct buffer *svg, const struct svg_shape *shape, bool hidden)
{
	/* a name of another length would move what follows */
	static const char nothing[sizeof shape->name] = "defs   ";
	const char *name = hidden ? nothing : shape->name;
	memcpy(svg->data + shape->start, name, strlen(shape->name));
	if (shape->end != 0)
		memcpy(svg->data + shape->end, name, strlen(shape->name));
}

bool
svg_judge(const struct logo_source *file, struct buffer *out, struct svg_shape *first)
{
	*first = (struct svg_shape){0};
	struct judge j = {.file = file,
	    .out = out,
	    .text = -1,
	    .style = -1,
	    .first_shape = first,
	    .room = PICTURE_MAX};
	j.parser = XML_ParserCreateNS(NULL, ' ');
	if (j.parser == NULL)
		memory_exhausted();
	buffer_append(out, file->bytes, file->len);
	*buffer_reserve(out, 1) = '\0';
	bool ok = parse(&j) && judge_whole(&j);
	XML_ParserFree(j.parser);
	buffer_free(&j.sheet);
	arena_free(&j.arena);
	return ok;
}
