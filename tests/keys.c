/* keys - prints the keys of the front matter as JSON: the program's own table. */
#include "announcement/keys.h"

#include <jansson.h>
#include <stdio.h>

#include "diag/rules.h"

static const char *const kinds[] = {
    [KEY_TEXT] = "text",
    [KEY_KEYWORDS] = "keywords",
    [KEY_LANGUAGE] = "language",
    [KEY_DATE] = "date",
    [KEY_FILE] = "file",
    [KEY_COLOR] = "color",
    [KEY_CONTACT] = "contact",
    [KEY_COUNT] = "count",
    [KEY_CHOICE] = "choice",
    [KEY_TEXTS] = "texts",
    [KEY_GROUP] = "group",
    [KEY_ITEMS] = "items",
};

/* The names of warnings and notes. */
static json_t *
allowable(void)
{
	json_t *list = json_array();
	for (int i = RULE_NONE + 1; i < RULE_COUNT; i++)
		if (rules[i].severity != SEVERITY_ERROR)
			json_array_append_new(list, json_string(rules[i].name));
	return list;
}

static json_t *
table(const struct key *keys)
{
	json_t *list = json_array();
	for (; keys->name != NULL; keys++) {
		json_t *key = json_pack("{ss ss sb}", "name", keys->name, "kind",
		    kinds[keys->kind], "required", keys->required);
		if (keys->example != NULL)
			json_object_set_new(key, "example", json_string(keys->example));
		if (keys->holds != NULL)
			json_object_set_new(key, "holds", json_string(keys->holds));
		if (keys->scheme != NULL)
			json_object_set_new(key, "scheme", json_string(keys->scheme));
		if (keys->rules)
			json_object_set_new(key, "rules", allowable());
		if (keys->kind == KEY_COUNT)
			json_object_set_new(key, "most", json_integer(keys->most));
		if (keys->kind == KEY_CHOICE) {
			json_t *choices = json_array();
			for (int i = 0; keys->choices[i] != NULL; i++)
				json_array_append_new(
				    choices, json_string(keys->choices[i]));
			json_object_set_new(key, "choices", choices);
		}
		if (keys->keys != NULL)
			json_object_set_new(key, "keys", table(keys->keys));
		json_array_append_new(list, key);
	}
	return list;
}

int
main(void)
{
	json_t *list = table(frontmatter_keys);
	int failed = json_dumpf(list, stdout, JSON_INDENT(1));
	json_decref(list);
	return failed != 0;
}
