#include "model/colors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* of the accent in a panel */
static const double PANEL_SHARE = 0.09;

static const struct color WHITE = {255, 255, 255}, BLACK = {0, 0, 0};

bool
color_read(const char *s, struct color *out)
{
	size_t len = strlen(s);
	if ((len != 4 && len != 7) || s[0] != '#' ||
	    strspn(s + 1, "0123456789abcdefABCDEF") != len - 1)
		return false;
	unsigned long n = strtoul(s + 1, NULL, 16);
	unsigned long r = n >> 16, g = n >> 8 & 0xff, b = n & 0xff;
	if (len == 4) {
		r = (n >> 8) * 0x11;
		g = (n >> 4 & 0xf) * 0x11;
		b = (n & 0xf) * 0x11;
	}
	*out = (struct color){(unsigned char)r, (unsigned char)g, (unsigned char)b};
	return true;
}

double
color_luminance(struct color c)
{
	const double weight[3] = {0.2126, 0.7152, 0.0722};
	const double encoded[3] = {c.r / 255.0, c.g / 255.0, c.b / 255.0};
	double sum = 0;
	for (int i = 0; i < 3; i++)
		sum += weight[i] *
		    (encoded[i] <= 0.03928 ? encoded[i] / 12.92
					   : pow((encoded[i] + 0.055) / 1.055, 2.4));
	return sum;
}

double
color_contrast(struct color a, struct color b)
{
	double la = color_luminance(a), lb = color_luminance(b);
	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

/* SHARE of A, the rest of B. */
static struct color
mix(struct color a, struct color b, double share)
{
	return (struct color){
	    (unsigned char)lround(a.r * share + b.r * (1 - share)),
	    (unsigned char)lround(a.g * share + b.g * (1 - share)),
	    (unsigned char)lround(a.b * share + b.b * (1 - share)),
	};
}

/* The palest mix of FRONT into BACK, from SHARE of it up, that can be read. */
static struct color
quiet_color(struct color front, struct color back, double share)
{
	while (share < 1 && color_contrast(mix(front, back, share), back) < CONTRAST_TEXT)
		share += 0.01;
	return mix(front, back, share < 1 ? share : 1);
}

/* A colour, and what it is called. */
struct named {
	const char *name;
	struct color color;
};

/* FRONT, mixed with black or white until it can be read on PAPER, and on a panel on it
 * whatever the accent.  False: nothing can. */
static bool
cure(struct color front, struct color paper, struct color *out)
{
	bool dark = color_contrast(BLACK, paper) > color_contrast(WHITE, paper);
	struct color end = dark ? BLACK : WHITE, panel = mix(end, paper, PANEL_SHARE);
	for (int i = 0; i <= 100; i++) {
		*out = mix(end, front, i / 100.0);
		if (fmin(color_contrast(*out, paper), color_contrast(*out, panel)) >=
		    CONTRAST_TEXT)
			return true;
	}
	return false;
}

/* Whether FRONT can be read on BACK, which is PAPER or on it; else told at AT. */
static bool
pair_check(struct named front, struct named back, struct color paper, struct place at,
    struct diag *d)
{
	struct color f = front.color, b = back.color, better;
	double ratio = color_contrast(f, b);
	if (ratio >= CONTRAST_TEXT)
		return true;
	bool curable = cure(f, paper, &better);
	/* cut, not rounded, to two decimals: 4.497 must not read as 4.50 */
	int hundredths = (int)(ratio * 100);
	diag_report(d, RULE_COLOR_CONTRAST, at,
	    curable
		? _("%s (#%02x%02x%02x) on %s (#%02x%02x%02x) has a contrast of %d.%02d:1; expected 4.5:1 or more: choose another colour, such as #%02x%02x%02x")
		: _("%s (#%02x%02x%02x) on %s (#%02x%02x%02x) has a contrast of %d.%02d:1; expected 4.5:1 or more: choose a lighter or darker paper"),
	    front.name, f.r, f.g, f.b, back.name, b.r, b.g, b.b, hundredths / 100,
	    hundredths % 100, better.r, better.g, better.b);
	return false;
}

static struct place
setting_place(const struct announcement *from, const struct color_setting *a,
    const struct color_setting *b)
{
	return a->given ? a->at : b->given ? b->at : (struct place){from->file, 0, 0};
}

/* One message a mistake: the panel follows from the first two pairs. */
static bool
palette_check(const struct palette *p, const struct announcement *from, struct diag *d)
{
	const struct color_setting *accent = &from->colors.accent;
	const struct color_setting *text = &from->colors.text;
	const struct color_setting *paper = &from->colors.paper;
	const struct named accent_color = {_("the accent colour"), p->accent};
	const struct named text_color = {_("the text colour"), p->text};
	const struct named page = {_("the paper"), p->paper};
	const struct named panel = {_("the panel"), p->panel};
	struct place accent_at = setting_place(from, accent, paper);
	bool ok =
	    pair_check(text_color, page, p->paper, setting_place(from, text, paper), d);
	ok = pair_check(accent_color, page, p->paper, accent_at, d) && ok;
	if (ok)
		ok = pair_check(text_color, panel, p->paper,
			 setting_place(from, text, accent), d) &&
		    pair_check(accent_color, panel, p->paper, accent_at, d);
	return ok;
}

bool
palette_make(const struct announcement *from, struct diag *d, struct palette *out)
{
	const struct color_setting *accent = &from->colors.accent;
	const struct color_setting *text = &from->colors.text;
	const struct color_setting *paper = &from->colors.paper;
	out->accent = accent->given ? accent->value : (struct color){0x0b, 0x4f, 0x6c};
	out->text = text->given ? text->value : (struct color){0x1d, 0x23, 0x29};
	out->paper = paper->given ? paper->value : WHITE;
	out->card = WHITE;
	out->quiet = quiet_color(out->text, out->paper, 0.65);
	out->kicker = quiet_color(out->paper, out->accent, 0.8);
	out->panel = mix(out->accent, out->paper, PANEL_SHARE);
	out->tones[0] = mix(out->paper, out->accent, 0.10);
	out->tones[1] = mix(out->paper, out->accent, 0.20);
	out->tones[2] = mix(out->paper, out->accent, 0.34);
	return palette_check(out, from, d);
}

/* The first of the N colours of LIST that can be read on BACK; else the last one. */
static struct color
readable(const struct color *list, int n, struct color back)
{
	while (n > 1 && color_contrast(*list, back) < CONTRAST_TEXT) {
		list++;
		n--;
	}
	return *list;
}

struct card_colors
card_colors(const struct palette *palette, struct card_choice card)
{
	const struct palette *p = palette;
	const struct color list[] = {p->accent, p->text, p->paper, WHITE, BLACK};
	struct color back = card.kind == CARD_ACCENT ? p->accent
	    : card.kind == CARD_COLOR                ? card.color
						     : p->card;
	struct color ink = readable(list + 1, 4, back);
	return (struct card_colors){
	    .card = back,
	    .hair = card.kind == CARD_PLAIN ? mix(p->text, p->paper, 0.20)
					    : mix(ink, back, 0.20),
	    .caption = readable(list, 5, back),
	    .quiet = quiet_color(ink, back, 0.65),
	};
}
