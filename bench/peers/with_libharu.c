/* with_libharu.c - the brochure with libharu, as its documentation shows: standard calls,
 * its own fonts and its own PNG reader.  No tags: libharu cannot.
 *
 *     with_libharu CITIES LOGOS TEXT OUT FONTS
 */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 64, LINE_LEN = 4096, COLUMNS = 3 };

static const float left = 71, right = 524, height = 842, card_w = 143, card_h = 100,
		   gap = 12;

struct color {
	float r, g, b;
};
static const struct color accent = {0.043f, 0.31f, 0.424f},
			  ink = {0.114f, 0.145f, 0.173f}, pale = {0.91f, 0.93f, 0.94f},
			  line = {0.85f, 0.85f, 0.85f}, white = {1, 1, 1};

struct brochure {
	HPDF_Doc pdf;
	HPDF_Font regular, bold;
	HPDF_Page page;
	struct {
		char kind[16], text[LINE_LEN];
	} words[WORDS_MAX];
	int nwords;
};

static void
on_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	(void)user;
	fprintf(stderr, "libharu: error 0x%04lX, %lu\n", error, detail);
	exit(EXIT_FAILURE);
}

static FILE *
open_file(const char *path)
{
	FILE *f = fopen(path, "r");
	if (f == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	return f;
}

static void
read_words(struct brochure *b, const char *path)
{
	FILE *f = open_file(path);
	while (b->nwords < WORDS_MAX &&
	    fscanf(f, "%15[^\t]\t%4095[^\n]\n", b->words[b->nwords].kind,
		b->words[b->nwords].text) == 2)
		b->nwords++;
	fclose(f);
}

/* The text of KIND, the one after AFTER of them. */
static const char *
word(const struct brochure *b, const char *kind, int after)
{
	for (int i = 0; i < b->nwords; i++)
		if (strcmp(b->words[i].kind, kind) == 0 && after-- == 0)
			return b->words[i].text;
	return NULL;
}

static void
fill(struct brochure *b, struct color c, const float box[4])
{
	HPDF_Page_SetRGBFill(b->page, c.r, c.g, c.b);
	HPDF_Page_Rectangle(b->page, box[0], box[1], box[2], box[3]);
	HPDF_Page_Fill(b->page);
}

struct look {
	HPDF_Font font;
	float size, width;
	struct color color;
};

/* Sets TEXT in lines from the top Y on; returns where it ends. */
static float
write_text(struct brochure *b, const char *text, const float at[2], struct look look)
{
	float y = at[1], leading = look.size * 1.4f;
	HPDF_Page_SetFontAndSize(b->page, look.font, look.size);
	HPDF_Page_SetRGBFill(b->page, look.color.r, look.color.g, look.color.b);
	HPDF_Page_BeginText(b->page);
	while (*text != '\0') {
		char row[LINE_LEN];
		HPDF_UINT n = HPDF_Font_MeasureText(look.font, (const HPDF_BYTE *)text,
		    (HPDF_UINT)strlen(text), look.width, look.size, 0, 0, HPDF_TRUE,
		    NULL);
		if (n == 0)
			break;
		snprintf(row, sizeof row, "%.*s", (int)n, text);
		y -= leading;
		HPDF_Page_TextOut(b->page, at[0], y + leading * 0.25f, row);
		text += n;
	}
	HPDF_Page_EndText(b->page);
	return y;
}

static void
add_page(struct brochure *b)
{
	b->page = HPDF_AddPage(b->pdf);
	HPDF_Page_SetSize(b->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
}

static void
figures(struct brochure *b, float top)
{
	const char *figure;
	for (int i = 0; (figure = word(b, "figure", i)) != NULL; i++) {
		float x = left + (float)i * (right - left) / 4,
		      w = (right - left) / 4 - 16;
		char value[64];
		snprintf(value, sizeof value, "%.*s", (int)strcspn(figure, "|"), figure);
		fill(b, accent, (const float[]){x, top, w, 1});
		write_text(b, value, (const float[]){x, top - 4},
		    (struct look){b->bold, 20, w, accent});
		write_text(b, strchr(figure, '|') + 1, (const float[]){x, top - 30},
		    (struct look){b->regular, 9, w, ink});
	}
}

static void
cover(struct brochure *b)
{
	const float measure = 0.84f * (right - left);
	add_page(b);
	fill(b, accent, (const float[]){0, height - 254, 595, 254});
	write_text(b, word(b, "kicker", 0), (const float[]){left, height - 52},
	    (struct look){b->bold, 9, measure, white});
	write_text(b, word(b, "title", 0), (const float[]){left, height - 70},
	    (struct look){b->bold, 26, measure, white});
	write_text(b, word(b, "lead", 0), (const float[]){left, height - 112},
	    (struct look){b->regular, 14, measure, white});
	figures(b, height - 280);
	float y = height - 350;
	const char *paragraph;
	for (int i = 0; (paragraph = word(b, "paragraph", i)) != NULL; i++)
		y = write_text(b, paragraph, (const float[]){left, y - 8},
		    (struct look){b->regular, 11.5f, measure, ink});
	fill(b, pale, (const float[]){left, y - 110, right - left, 94});
	y = write_text(b, word(b, "panel", 0), (const float[]){left + 16, y - 24},
	    (struct look){b->regular, 11.5f, measure, ink});
	char call[LINE_LEN];
	size_t n = 0;
	for (const char *p = word(b, "call", 0); *p != '\0'; p++)
		if (*p != '|')
			call[n++] = *p;
	call[n] = '\0';
	write_text(b, call, (const float[]){left + 16, y - 6},
	    (struct look){b->bold, 11.5f, measure, ink});
}

/* Starts a page of the grid; returns where its cards begin. */
static float
grid_page(struct brochure *b, int number)
{
	char footer[32];
	add_page(b);
	fill(b, accent, (const float[]){0, height - 24, 595, 24});
	snprintf(footer, sizeof footer, "pagina %d", number);
	struct look small = {b->regular, 9, right - left, ink};
	write_text(b, word(b, "title", 0), (const float[]){left, 40}, small);
	write_text(b, footer, (const float[]){right - 40, 40}, small);
	if (number > 2)
		return height - 48;
	write_text(b, word(b, "heading", 0), (const float[]){left, height - 48},
	    (struct look){b->bold, 16, right - left, accent});
	return write_text(b, word(b, "intro", 0), (const float[]){left, height - 72},
		   (struct look){b->regular, 11.5f, right - left, ink}) -
	    8;
}

static void
card(struct brochure *b, char *row, const char *logos, const float at[2])
{
	char *city = strtok(row, ","), *url = strtok(NULL, ","),
	     *logo = strtok(NULL, ",");
	char path[LINE_LEN];
	snprintf(path, sizeof path, "%s/%s", logos, logo);
	const char *end = strrchr(path, '.');
	HPDF_Image image = end != NULL && strcmp(end, ".jpg") == 0
	    ? HPDF_LoadJpegImageFromFile(b->pdf, path)
	    : HPDF_LoadPngImageFromFile(b->pdf, path);
	float w = (float)HPDF_Image_GetWidth(image),
	      h = (float)HPDF_Image_GetHeight(image);
	float scale = 110 / w < 56 / h ? 110 / w : 56 / h;
	HPDF_Page_SetRGBStroke(b->page, line.r, line.g, line.b);
	HPDF_Page_Rectangle(b->page, at[0], at[1], card_w, card_h);
	HPDF_Page_Stroke(b->page);
	HPDF_Page_DrawImage(b->page, image, at[0] + (card_w - w * scale) / 2,
	    at[1] + 60 - h * scale / 2, w * scale, h * scale);
	HPDF_Page_SetFontAndSize(b->page, b->bold, 9);
	float indent = (card_w - HPDF_Page_TextWidth(b->page, city)) / 2;
	write_text(b, city, (const float[]){at[0] + indent, at[1] + 24},
	    (struct look){b->bold, 9, card_w, accent});
	HPDF_Rect rect = {at[0], at[1], at[0] + card_w, at[1] + card_h};
	HPDF_Annotation link = HPDF_Page_CreateURILinkAnnot(b->page, rect, url);
	HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0);
}

static void
grid(struct brochure *b, const char *cities, const char *logos)
{
	char row[LINE_LEN];
	FILE *f = open_file(cities);
	int number = 2, column = 0;
	float top = grid_page(b, number);
	if (fgets(row, sizeof row, f) == NULL)
		exit(EXIT_FAILURE);
	for (; fgets(row, sizeof row, f) != NULL; column++) {
		if (column == COLUMNS) {
			column = 0;
			top -= card_h + gap;
			if (top - card_h < 60)
				top = grid_page(b, ++number);
		}
		card(b, row, logos,
		    (const float[]){left + (float)column * (card_w + gap), top - card_h});
	}
	fclose(f);
}

static HPDF_Font
load_font(struct brochure *b, const char *folder, const char *file)
{
	char path[LINE_LEN];
	snprintf(path, sizeof path, "%s/%s", folder, file);
	const char *name = HPDF_LoadTTFontFromFile(b->pdf, path, HPDF_TRUE);
	return HPDF_GetFont(b->pdf, name, "UTF-8");
}

int
main(int argc, char **argv)
{
	static struct brochure b;
	if (argc != 6)
		return 2;
	read_words(&b, argv[3]);
	b.pdf = HPDF_New(on_error, NULL);
	HPDF_SetCompressionMode(b.pdf, HPDF_COMP_ALL);
	HPDF_UseUTFEncodings(b.pdf);
	HPDF_SetInfoAttr(b.pdf, HPDF_INFO_TITLE, word(&b, "title", 0));
	b.regular = load_font(&b, argv[5], "SourceSans3-Regular.ttf");
	b.bold = load_font(&b, argv[5], "SourceSans3-Bold.ttf");
	cover(&b);
	grid(&b, argv[1], argv[2]);
	HPDF_SaveToFile(b.pdf, argv[4]);
	HPDF_Free(b.pdf);
	return 0;
}
