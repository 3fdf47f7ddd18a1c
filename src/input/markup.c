#include "input/markup.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"

/* What an entity is for, with the ampersand. */
struct entity {
	const char *name, *text;
};

static const struct entity entities[] = {{"&amp;", "&"}, {"&nbsp;", " "},
    {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}, {"&rsquo;", "’"},
    {"&eacute;", "é"}, {"&egrave;", "è"}, {"&ecirc;", "ê"}, {"&euml;", "ë"},
    {"&agrave;", "à"}, {"&acirc;", "â"}, {"&iuml;", "ï"}, {"&icirc;", "î"},
    {"&ouml;", "ö"}, {"&ocirc;", "ô"}, {"&uuml;", "ü"}, {"&ccedil;", "ç"},
    {"&ndash;", "–"}, {"&mdash;", "—"}};

static const struct entity *
entity_at(const char *s)
{
	for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
		if (strncmp(s, entities[i].name, strlen(entities[i].name)) == 0)
			return &entities[i];
	}
	return NULL;
}

/* The length of the tag at S, as in "<b>" and "</span>"; 0: there is none. */
static size_t
tag_len(const char *s)
{
	static const char *const names[] = {"a", "b", "br", "div", "em", "font", "i", "p",
	    "small", "span", "strong", "sub", "sup", "u"};
	if (s[0] != '<')
		return 0;
	const char *name = s + 1 + (s[1] == '/');
	size_t len = strcspn(name, " />"), end = strcspn(s, ">");
	for (size_t i = 0; s[end] == '>' && i < sizeof names / sizeof names[0]; i++) {
		if (strlen(names[i]) == len && strncasecmp(name, names[i], len) == 0)
			return end + 1;
	}
	return 0;
}

/* TEXT without pairs of the marks for bold and italic at its ends. */
static const char *
without_stars(struct arena *a, const char *text)
{
	size_t len = strlen(text);
	while (len > 2 && strchr("*_`", text[0]) != NULL && text[len - 1] == text[0]) {
		text++;
		len -= 2;
	}
	return arena_strndup(a, text, len);
}

const char *
markup_without(struct arena *a, const char *text)
{
	struct buffer out = {0};
	for (const char *s = without_stars(a, text); *s != '\0';) {
		const struct entity *entity = entity_at(s);
		size_t len = entity != NULL    ? strlen(entity->name)
		    : strncmp(s, "**", 2) == 0 ? 2
					       : tag_len(s);
		if (entity != NULL)
			buffer_puts(&out, entity->text);
		else if (len == 0)
			buffer_append(&out, s, 1);
		s += len > 0 ? len : 1;
	}
	const char *clean = without_stars(a, arena_strndup(a, out.data, out.len));
	buffer_free(&out);
	return clean[0] != '\0' && strcmp(clean, text) != 0 ? clean : NULL;
}
