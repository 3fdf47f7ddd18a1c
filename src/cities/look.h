/* look.h - what a cell of the list seems to hold, whatever its column is called.  Pure.
 */
#ifndef CITIES_LOOK_H
#define CITIES_LOOK_H

enum look {
	LOOK_EMPTY,
	LOOK_LINK,
	LOOK_FILE,    /* the name of a picture */
	LOOK_NUMBER,  /* digits and what stands between them: also a date */
	LOOK_NOTHING, /* what spreadsheets and people put where there is nothing */
	LOOK_TEXT
};

enum look look_of(const char *s);

#endif
