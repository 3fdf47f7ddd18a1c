#include "diag/json.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/i18n.h"
#include "base/utf8.h"

static const char schema[] =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json";

json_t *
json_text(const char *s)
{
	size_t len = strlen(s);
	if (utf8_valid(s, len) == len)
		return json_stringn(s, len);
	struct buffer clean = {0};
	for (size_t i = 0; i < len;) {
		int32_t u;
		size_t n = utf8_decode(s + i, len - i, &u);
		if (u < 0)
			buffer_puts(&clean, "\xef\xbf\xbd");
		else
			buffer_append(&clean, s + i, n);
		i += n;
	}
	json_t *json = json_stringn(clean.data, clean.len);
	buffer_free(&clean);
	return json;
}

/* A relative reference or a file URI (RFC 3986): all but unreserved characters and "/"
 * percent-encoded, so that a ":" makes no scheme. */
static json_t *
uri(const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";
	struct buffer out = {0};
	if (path[0] == '/')
		buffer_puts(&out, "file://");
	while (*path != '\0') {
		size_t len = strspn(path, plain);
		buffer_append(&out, path, len);
		path += len;
		if (*path != '\0')
			buffer_printf(&out, "%%%02X", (unsigned)(unsigned char)*path++);
	}
	json_t *json = json_stringn(out.data, out.len);
	buffer_free(&out);
	return json;
}

static json_t *
number(int n)
{
	return n > 0 ? json_integer(n) : json_null();
}

void
json_end(json_t *document, size_t flags, struct buffer *out)
{
	char *text = json_dumps(document, flags);
	json_decref(document);
	if (text == NULL)
		memory_exhausted();
	buffer_puts(out, text);
	buffer_puts(out, "\n");
	free(text);
}

void
json_begin(void)
{
	json_set_alloc_funcs(memory_alloc, free);
}

static json_t *
json_item(const struct diagnostic *item)
{
	bool placed = item->at.file != NULL;
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "rule", rules[item->rule].name,
	    "severity", severities[item->severity].name, "file",
	    placed ? json_text(item->at.file) : json_null(), "line",
	    number(placed ? item->at.line : 0), "column",
	    number(placed && item->at.line > 0 ? item->at.column : 0), "message",
	    json_text(item->message));
}

void
diag_render_json(const struct diag *d, const struct report *about, struct buffer *out)
{
	json_begin();
	json_t *list = json_array();
	for (int i = 0; i < d->n; i++)
		json_array_append_new(list, json_item(&d->list[i]));
	json_end(json_pack("{s:s, s:s, s:i, s:o, s:b, s:i, s:i, s:i, s:o}", "program",
		     diag_program(d), "version", PACKAGE_VERSION, "status", about->status,
		     "output", json_text(about->output), "written", (int)about->written,
		     "errors", d->nerrors, "warnings", d->nwarnings, "notes",
		     d->n - d->nerrors - d->nwarnings, "diagnostics", list),
	    JSON_INDENT(2), out);
}

static json_t *
sarif_result(const struct diagnostic *item)
{
	json_t *result = json_pack("{s:s, s:s, s:{s:o}}", "ruleId",
	    rules[item->rule].name, "level", severities[item->severity].name, "message",
	    "text", json_text(item->message));
	if (item->at.file == NULL)
		return result;
	json_t *place =
	    json_pack("{s:{s:o}}", "artifactLocation", "uri", uri(item->at.file));
	if (item->at.line > 0) {
		json_t *region = json_pack("{s:i}", "startLine", item->at.line);
		if (item->at.column > 0)
			json_object_set_new(
			    region, "startColumn", json_integer(item->at.column));
		json_object_set_new(place, "region", region);
	}
	json_object_set_new(
	    result, "locations", json_pack("[{s:o}]", "physicalLocation", place));
	return result;
}

static json_t *
sarif_rules(void)
{
	json_t *list = json_array();
	for (int i = RULE_NONE + 1; i < RULE_COUNT; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:{s:s}, s:{s:s}}", "id", rules[i].name,
			"shortDescription", "text", rules[i].summary,
			"defaultConfiguration", "level",
			severities[rules[i].severity].name));
	return list;
}

void
diag_render_sarif(const struct diag *d, const struct report *about, struct buffer *out)
{
	json_begin();
	json_t *results = json_array();
	for (int i = 0; i < d->n; i++)
		json_array_append_new(results, sarif_result(&d->list[i]));
	json_t *run = json_pack("{s:{s:{s:s, s:s, s:o}}, s:s, s:s, s:[{s:b, s:i}], s:o}",
	    "tool", "driver", "name", diag_program(d), "semanticVersion", PACKAGE_VERSION,
	    "rules", sarif_rules(), "language",
	    /* the code of the language of these messages: "en", "nl", "fr" */
	    _("en"), "columnKind", "unicodeCodePoints", "invocations",
	    "executionSuccessful", about->status == 0, "exitCode", about->status,
	    "results", results);
	json_end(json_pack("{s:s, s:s, s:[o]}", "$schema", schema, "version", "2.1.0",
		     "runs", run),
	    JSON_INDENT(2), out);
}
