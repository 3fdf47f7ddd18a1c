/* announcement.h - the text of page 1 and the settings of the whole document, as plain
 * data.
 */
#ifndef MODEL_ANNOUNCEMENT_H
#define MODEL_ANNOUNCEMENT_H

#include <stdbool.h>

#include "base/geometry.h"
#include "diag/diag.h"

enum run_style { RUN_EMPHASIS = 1, RUN_STRONG = 2 };

/* A stretch of text in one style. */
struct run {
	const char *text; /* UTF-8, NFC; a soft line break is a space, a hard one "\n" */
	unsigned style;   /* of enum run_style */
	const char *lang; /* BCP 47; NULL: the text's */
	const char *link; /* http(s), mailto or tel URL, or "#grid"; NULL: no link */
	int link_id;      /* runs of the same link share it; counts from 1; 0: no link */
	struct place at;
};

/* What a text is published as. */
enum edition { EDITION_BOTH, EDITION_SCREEN, EDITION_PRINT };

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_LIST, BLOCK_ITEM, BLOCK_QUOTE };

/* A paragraph or heading has runs; a list has items; an item and a quote have blocks. */
struct block {
	enum block_kind kind;
	enum edition only;  /* that has it, of a paragraph */
	int level;          /* of a heading: 2 to 6, starts at 2 and never skips one */
	bool ordered;       /* of a list */
	const char *number; /* of an item of an ordered list, as it is printed */
	struct run *runs;
	int nruns;
	struct block *children;
	int nchildren;
	struct place at;
};

enum paper { PAPER_A4, PAPER_A5, PAPER_LETTER };

struct page_format {
	enum paper paper;
	bool landscape;
};

struct texts {
	struct text *list;
	int n;
};

/* A colour of the front matter; given is false where the key is absent. */
struct color_setting {
	bool given;
	struct color value;
	struct place at;
};

/* A large number with a small label. */
struct figure {
	struct text value, label;
};

/* An address as it is printed, and where it leads; shown.s is NULL where there is none.
 */
struct contact {
	struct text shown;
	const char *url;
};

/* Who publishes the document; name.s is NULL: nobody says so. */
struct publisher {
	struct text name;
	struct texts lines; /* such as an address */
	struct contact mail, phone, site;
	struct text logo; /* a file below the folder of logos */
};

/* Which panel of the text calls to action. */
enum call { CALL_HEADED, CALL_LAST, CALL_NONE };

/* The fixed words of a document; s is NULL where one is not given. */
struct words {
	struct text page;      /* "pagina" */
	struct text logo;      /* "Logo" */
	struct text continued; /* "vervolg" */
};

struct announcement {
	const char *file;
	struct text title; /* required; a soft hyphen where a word may be broken */
	struct text lang;  /* required; a BCP 47 tag */
	struct text date, author, subject, keywords; /* date: YYYY-MM-DD, a real day */
	struct text rights;                          /* who may do what with it */
	struct text kicker;                          /* a small line above the title */
	struct figure *figures;
	int nfigures;
	struct {
		struct text heading, intro; /* required */
		struct text intro_print;    /* in place of INTRO in print */
		struct text link;           /* names a link; holds "{city}"; required */
		bool no_address;            /* below the names */
		struct {
			struct text heading, text; /* no text: no panel */
			struct contact link;
			bool
			    code; /* a QR code of it; on cards there are codes in print */
		} closing;        /* a panel after the logos */
	} grid;
	struct {
		struct color_setting accent, text, paper;
	} colors;
	struct {
		struct text regular, italic, bold, bold_italic; /* paths of files */
	} fonts;
	struct page_format page;
	struct publisher publisher;
	enum call call;     /* the last panel with a heading, where nothing is said */
	int max_ppi;        /* 0: never resample; 450 where absent */
	struct words words; /* those that the front matter chooses */
	struct texts allow; /* names of rules that are not told of */
	struct block *blocks;
	int nblocks;
};

#endif
