/* rules.h - the kinds of diagnostics.
 *
 * A rule's name never changes and is never used again for something else: editors, CI and
 * `--allow` rely on it.  It begins with what it is about.  docs/diagnostics.md lists
 * them; a test compares the two.
 */
#ifndef DIAG_RULES_H
#define DIAG_RULES_H

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

/* X(constant, severity, name, what is so when it is told) */
/* clang-format off */
#define RULES(X) \
	/* files */ \
	X(FILE_MISSING, ERROR, "file-missing", "An input file does not exist") \
	X(FILE_UNREADABLE, ERROR, "file-unreadable", "An input file cannot be read") \
	X(FILE_SIZE, ERROR, "file-size", "An input file is too large") \
	X(FILE_KIND, ERROR, "file-kind", "An input file is not plain text") \
	X(FILE_ENCODING, ERROR, "file-encoding", "An input file has bytes that its encoding does not") \
	X(FILE_WINDOWS, NOTE, "file-windows", "A list of cities is not UTF-8 and was read as Windows-1252") \
	/* links */ \
	X(URL_EMPTY, ERROR, "url-empty", "A link is empty") \
	X(URL_SCHEME, ERROR, "url-scheme", "A link does not begin with https:// or http://") \
	X(URL_NOT_ALONE, ERROR, "url-not-alone", "There is more than one link, or text around it") \
	X(URL_CHARACTER, ERROR, "url-character", "A link has a character that links cannot have") \
	X(URL_DAMAGED, ERROR, "url-damaged", "A link is only a part of one, or has text after it") \
	X(URL_CREDENTIALS, ERROR, "url-credentials", "A link has a user name or password in it") \
	X(URL_HOST, ERROR, "url-host", "A link does not lead to a website") \
	X(URL_MAIL, ERROR, "url-mail", "A link to a mail address has no such address") \
	X(URL_PHONE, ERROR, "url-phone", "A link to a phone number has no such number") \
	X(URL_TOO_LONG, ERROR, "url-too-long", "A link is too long") \
	X(URL_DOMAIN, WARNING, "url-domain", "The name of a website looks incomplete or misspelt") \
	X(URL_PRIVATE, WARNING, "url-private", "A link leads to a page that not every reader can open") \
	X(URL_GATEWAY, WARNING, "url-gateway", "A link goes through a mail filter and shows whose mail it came from") \
	X(URL_ENTITY, WARNING, "url-entity", "A link has \"&amp;\" in place of \"&\"") \
	X(URL_END, WARNING, "url-end", "A link ends in punctuation of the sentence around it") \
	X(URL_TRACKING, WARNING, "url-tracking", "A link has parameters that only tell where it was copied") \
	X(URL_UNENCRYPTED, WARNING, "url-unencrypted", "A link begins with http://") \
	/* the list of cities */ \
	X(CSV_QUOTE, ERROR, "csv-quote", "A cell in quotes has no end, or text after it") \
	X(CSV_LIMIT, ERROR, "csv-limit", "The list of cities is too long, or a cell of it") \
	X(HEADER_MISSING, ERROR, "header-missing", "The list of cities does not begin with the names of its columns") \
	X(HEADER_LOW, WARNING, "header-low", "Rows above the header are left out") \
	X(HEADER_TWICE, WARNING, "header-twice", "A row repeats the header") \
	X(COLUMN_MISSING, ERROR, "column-missing", "There is no column for the names, the links or the logos") \
	X(COLUMN_UNKNOWN, ERROR, "column-unknown", "A column has an unclear name") \
	X(COLUMN_TWICE, ERROR, "column-twice", "Two columns mean the same") \
	X(COLUMN_SWAPPED, ERROR, "column-swapped", "The name of a column fits none of its cells") \
	X(COLUMN_UNUSED, NOTE, "column-unused", "A column is not used") \
	X(ROW_SEPARATOR, ERROR, "row-separator", "A row is not split into cells as the header is") \
	X(ROW_WIDTH, ERROR, "row-width", "A row has too few or too many cells") \
	X(ROW_MARK, WARNING, "row-mark", "A row is a line between others, or begins with a mark such as \"#\"") \
	X(ROW_MIXED, WARNING, "row-mixed", "A row seems to hold what belongs to another city") \
	X(CELL_SPOILED, ERROR, "cell-spoiled", "A cell holds a formula, an error of the spreadsheet or a control character, or lost a letter") \
	X(CELL_ENCODING, WARNING, "cell-encoding", "A cell was once opened or saved with the wrong encoding") \
	X(CITY_NONE, ERROR, "city-none", "The list has no cities") \
	X(CITY_EMPTY, ERROR, "city-empty", "A row has no name of a city") \
	X(CITY_NAME, ERROR, "city-name", "The name of a city is not one, or holds Markdown or HTML") \
	X(CITY_TWICE, ERROR, "city-twice", "A city is in the list twice, with different links") \
	X(CITY_REPEATED, WARNING, "city-repeated", "A city is in the list twice, with the same link") \
	X(CITY_ORDER, NOTE, "city-order", "The list is not in alphabetical order") \
	X(URL_SHARED, WARNING, "url-shared", "Two cities have the same link") \
	X(LOGO_NAME, ERROR, "logo-name", "A cell does not name a file in the logos folder") \
	X(ALT_TEXT, WARNING, "alt-text", "A description does not describe the logo, or holds Markdown or HTML") \
	X(SHORT_ADDRESS, ERROR, "short-address", "A short address does not begin with the name of a website") \
	X(CARD_COLOR, ERROR, "card-color", "A cell does not name a colour for a card") \
	/* the announcement */ \
	X(FRONTMATTER_FENCE, ERROR, "frontmatter-fence", "The front matter is not between two lines ---") \
	X(YAML_QUOTES, ERROR, "yaml-quotes", "A value of the front matter needs other quotes") \
	X(YAML_INDENT, ERROR, "yaml-indent", "A line of the front matter is indented wrongly") \
	X(YAML_SYNTAX, ERROR, "yaml-syntax", "A line of the front matter is not a key and a value") \
	X(YAML_SIZE, ERROR, "yaml-size", "A list or group of the front matter is too long or nested too deep") \
	X(KEY_UNKNOWN, ERROR, "key-unknown", "The front matter has a key that is not known") \
	X(KEY_MISSING, ERROR, "key-missing", "The front matter lacks a key") \
	X(KEY_TWICE, ERROR, "key-twice", "A key is given twice in one group") \
	X(KEY_INDENT, ERROR, "key-indent", "A key is not indented below the group that it belongs to") \
	X(VALUE_EMPTY, ERROR, "value-empty", "A key has no value") \
	X(VALUE_KIND, ERROR, "value-kind", "A key has the wrong kind of value: a text, a list or further keys") \
	X(VALUE_INVALID, ERROR, "value-invalid", "A key has a value that it cannot have") \
	X(VALUE_COMMENT, WARNING, "value-comment", "A value goes on after a #, which begins a comment") \
	X(VALUE_MARKUP, WARNING, "value-markup", "A value holds Markdown or HTML, which is printed as it is") \
	X(VALUE_QUOTES, WARNING, "value-quotes", "A value has quotes that are not straight and are printed") \
	X(DATE_FAR, WARNING, "date-far", "The date is of a year far from today") \
	X(DATE_EPOCH, ERROR, "date-epoch", "SOURCE_DATE_EPOCH is not a number of seconds") \
	X(TEXT_EMPTY, ERROR, "text-empty", "There is no visible text where some is needed") \
	X(TEXT_INVISIBLE, WARNING, "text-invisible", "A paragraph without visible text is left out") \
	X(TEXT_LENGTH, ERROR, "text-length", "A text is too long") \
	X(TEXT_CONTROL, ERROR, "text-control", "A text has a control character") \
	X(HEADING_LEVEL, ERROR, "heading-level", "A heading is of level 1, or skips a level") \
	X(LIST_NUMBER, WARNING, "list-number", "The numbers of a list do not rise by one") \
	X(MARKDOWN_UNSUPPORTED, ERROR, "markdown-unsupported", "The text has an image, HTML, code, a table, a rule or a footnote") \
	X(MARKDOWN_DIALECT, WARNING, "markdown-dialect", "Markup that CommonMark does not know is printed as it is") \
	X(LINK_TARGET, ERROR, "link-target", "A link leads to a place that is not in the document") \
	X(LANG_INVALID, ERROR, "lang-invalid", "The language of a word or a city is not one") \
	X(LINK_TEXT, ERROR, "link-text", "A link has no text") \
	X(LINK_VAGUE, WARNING, "link-vague", "The text of a link does not say where it leads") \
	X(LINK_ALIKE, WARNING, "link-alike", "Two links have one text and lead to different places") \
	X(LINK_TITLE, WARNING, "link-title", "A link has a title, which is not used") \
	X(LINK_BARE, NOTE, "link-bare", "An address is printed as text, not as a link") \
	/* fonts */ \
	X(FONT_GLYPH, ERROR, "font-glyph", "A font lacks a character of the text") \
	X(FONT_UNREADABLE, ERROR, "font-unreadable", "A font's file cannot be read") \
	X(FONT_FORMAT, ERROR, "font-format", "A font's file is not a TrueType or OpenType font") \
	X(FONT_DAMAGED, ERROR, "font-damaged", "A font's file is damaged") \
	X(FONT_LICENCE, ERROR, "font-licence", "A font's licence does not let it be embedded") \
	X(FONT_SUBSET, ERROR, "font-subset", "A font could not be cut to the letters in use") \
	X(FONT_MIXED, WARNING, "font-mixed", "A face is set in Source Sans 3, although fonts are named for others") \
	X(TEXT_DIRECTION, ERROR, "text-direction", "A text runs from right to left") \
	/* logos */ \
	X(LOGO_MISSING, ERROR, "logo-missing", "A logo's file does not exist") \
	X(LOGO_FOLDER, ERROR, "logo-folder", "The folder of the logos does not exist or is empty") \
	X(LOGO_OUTSIDE, ERROR, "logo-outside", "A logo's file is outside the folder") \
	X(LOGO_UNREADABLE, ERROR, "logo-unreadable", "A logo's file cannot be read") \
	X(LOGO_SIZE, ERROR, "logo-size", "A logo is too large") \
	X(LOGO_FORMAT, ERROR, "logo-format", "A logo's file is not a picture that can be taken") \
	X(LOGO_TEXT, ERROR, "logo-text", "An SVG has text that was not converted to paths") \
	X(LOGO_REFERENCE, ERROR, "logo-reference", "An SVG refers to something outside its file") \
	X(LOGO_CONTENT, ERROR, "logo-content", "An SVG holds something other than a still drawing") \
	X(LOGO_LIBRARY, ERROR, "logo-library", "The library that draws SVG is not installed, or does not do") \
	X(LOGO_DAMAGED, ERROR, "logo-damaged", "A logo's file is damaged") \
	X(LOGO_BLANK, ERROR, "logo-blank", "A logo shows nothing on its card") \
	X(LOGO_UNSEEN, WARNING, "logo-unseen", "Parts of a logo can hardly be seen on its card") \
	X(LOGO_PROFILE, WARNING, "logo-profile", "A logo's colour profile cannot be used") \
	X(LOGO_GAMMA, NOTE, "logo-gamma", "A logo's gamma stands alone and is not used") \
	X(LOGO_COARSE, WARNING, "logo-coarse", "A logo has too few pixels to be printed") \
	X(LOGO_STAND_IN, NOTE, "logo-stand-in", "A logo is a drawing that came with the program; told by make content") \
	/* the layout */ \
	X(COLOR_CONTRAST, ERROR, "color-contrast", "Two colours are hard to tell apart") \
	X(WORDS_MISSING, ERROR, "words-missing", "The fixed words of the document's language are not known") \
	X(LINK_NAME_LONG, ERROR, "link-name-long", "The name of a city's link is too long") \
	X(LINK_PAGE, WARNING, "link-page", "A link names another page than it leads to") \
	X(TITLE_LONG, ERROR, "title-long", "The title is too long") \
	X(TITLE_WORD, NOTE, "title-word", "A long word makes the title smaller, or its band wider") \
	X(FIGURE_LONG, ERROR, "figure-long", "A key figure is too long for its column") \
	X(CITY_LONG, ERROR, "city-long", "A city's name is too long for its card") \
	X(PAGE_FULL, ERROR, "page-full", "A page has no room for what it has to hold") \
	/* the links checker */ \
	X(LINK_DEAD, ERROR, "link-dead", "A link leads to no page") \
	X(LINK_SERVER, ERROR, "link-server", "A link leads to a website that is out of order") \
	X(LINK_TIMEOUT, ERROR, "link-timeout", "A link gives no complete answer in time") \
	X(LINK_TLS, ERROR, "link-tls", "A link leads to a website whose certificate browsers refuse") \
	X(LINK_SHORT, ERROR, "link-short", "A short address leads to another page than the link beside it") \
	X(LINK_MOVED, WARNING, "link-moved", "The page of a link has moved for good") \
	X(LINK_SOFT_404, WARNING, "link-soft-404", "A link leads to a page that says it was not found, or to a home page in its place") \
	X(LINK_EXPIRING, WARNING, "link-expiring", "The certificate of a link's website ends within 21 days") \
	X(LINK_DOWNGRADE, WARNING, "link-downgrade", "A link leads from https to http") \
	X(LINK_BLOCKED, NOTE, "link-blocked", "A link leads to a website that does not let programs in") \
	X(LINK_ELSEWHERE, NOTE, "link-elsewhere", "A link ends at another website") \
	X(LINK_LOGIN, NOTE, "link-login", "A link ends at a log-in page") \
	X(LINK_FIXED, NOTE, "link-fixed", "A new address was written into the list of cities") \
	X(FILE_CHANGED, ERROR, "file-changed", "The list of cities was changed while its links were checked") \
	X(CACHE_FORMAT, ERROR, "cache-format", "A file is not a cache of brochure-links") \
	X(NETWORK_NONE, ERROR, "network-none", "There is no network") \
	X(RUN_INTERRUPTED, ERROR, "run-interrupted", "The check of the links was interrupted") \
	/* the PDF and the program */ \
	X(PDF_BUILD, ERROR, "pdf-build", "The PDF could not be built") \
	X(OUTPUT_INPUT, ERROR, "output-input", "The PDF would replace a file that it is made of") \
	X(OUTPUT_KIND, ERROR, "output-kind", "The PDF would replace a file that is not a PDF") \
	X(OUTPUT_TERMINAL, ERROR, "output-terminal", "The PDF would be shown as text on a terminal") \
	X(OUTPUT_WRITE, ERROR, "output-write", "The PDF or a dump could not be written") \
	X(MEMORY_EXHAUSTED, ERROR, "memory-exhausted", "Memory ran out") \
	X(USAGE_OPTION, ERROR, "usage-option", "There is no such option") \
	X(USAGE_VALUE, ERROR, "usage-value", "An option lacks a value, or has a wrong one or one too many") \
	X(USAGE_INPUT, ERROR, "usage-input", "There are too many inputs") \
	/* the end: what is new goes before this line */
/* clang-format on */

enum rule {
	RULE_NONE, /* of no diagnostic: what rule_named finds where there is none */
#define RULE_CONSTANT(constant, severity, name, summary) RULE_##constant,
	RULES(RULE_CONSTANT)
#undef RULE_CONSTANT
	    RULE_COUNT
};

struct rule_info {
	const char *name;
	enum severity severity;
	const char *summary; /* a sentence in English, no period */
};

extern const struct rule_info rules[RULE_COUNT];

struct severity_info {
	const char *name;    /* in English, to be translated for people */
	const char *command; /* of GitHub Actions */
	const char *color;   /* on a terminal (ECMA-48, SGR) */
};

extern const struct severity_info severities[];

/* The rule named NAME; RULE_NONE: there is none. */
enum rule rule_named(const char *name);

#endif
