#include <lcms2.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "logo/color.h"
#include "logo/png.h"
#include "picture.h"

/* D65, and the primaries of Adobe RGB (1998), in the order of cHRM. */
static const double adobe_xy[8] = {0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06};

enum { ADOBE_GAMMA = 45470 }; /* 256/563, in gAMA's unit of 1/100000 */

static cmsHPROFILE
rgb_profile(const double xy[8], double gamma)
{
	cmsCIExyY white = {xy[0], xy[1], 1};
	cmsCIExyYTRIPLE primaries = {
	    {xy[2], xy[3], 1}, {xy[4], xy[5], 1}, {xy[6], xy[7], 1}};
	cmsToneCurve *curve = cmsBuildGamma(NULL, gamma);
	cmsToneCurve *curves[3] = {curve, curve, curve};
	cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
	cmsFreeToneCurve(curve);
	return profile;
}

static cmsHPROFILE
gray_profile(double gamma)
{
	cmsToneCurve *curve = cmsBuildGamma(NULL, gamma);
	cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
	cmsFreeToneCurve(curve);
	return profile;
}

/* The bytes of PROFILE, which is closed. */
static struct buffer
saved(cmsHPROFILE profile)
{
	struct buffer bytes = {0};
	cmsUInt32Number len = 0;
	cmsSaveProfileToMem(profile, NULL, &len);
	cmsSaveProfileToMem(profile, buffer_reserve(&bytes, len), &len);
	bytes.len = len;
	cmsCloseProfile(profile);
	return bytes;
}

static struct color_tags
profile_tags(const struct buffer *bytes, bool gray)
{
	return (struct color_tags){
	    .profile = bytes->data, .profile_len = (uint32_t)bytes->len, .gray = gray};
}

static void
check_verdict(const struct color_tags *tags, enum color_verdict expected)
{
	struct color_conversion *conversion;
	assert_int_equal(color_open(tags, &conversion), expected);
	assert_int_equal(conversion != NULL, expected == COLOR_CONVERT);
	color_close(conversion);
}

/* Compares a conversion with lcms2's own in floating point, on colours of 8 bits. */
static void
check_conversion(const struct color_tags *tags, cmsHPROFILE source)
{
	cmsHPROFILE target = cmsCreate_sRGBProfile();
	cmsUInt32Number from = tags->gray ? TYPE_GRAY_DBL : TYPE_RGB_DBL;
	cmsHTRANSFORM reference = cmsCreateTransform(source, from, target, TYPE_RGB_DBL,
	    INTENT_RELATIVE_COLORIMETRIC,
	    cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
	struct color_conversion *conversion;
	assert_int_equal(color_open(tags, &conversion), COLOR_CONVERT);
	int channels = tags->gray ? 1 : 3;
	for (int i = 0; i < 32 * 32 * 32; i++) {
		int level[3] = {
		    i % 32 * 255 / 31, i / 32 % 32 * 255 / 31, i / 1024 * 255 / 31};
		double in[3], out[3];
		uint16_t got[3];
		for (int c = 0; c < 3; c++) {
			in[c] = level[c] / 255.0;
			got[c] = (uint16_t)(level[c] * 257);
		}
		cmsDoTransform(reference, in, out, 1);
		color_convert(conversion, got, 1);
		for (int c = 0; c < channels; c++)
			assert_true(
			    fabs(got[c] / 257.0 - fmin(fmax(out[c], 0), 1) * 255) < 0.5);
	}
	color_close(conversion);
	cmsDeleteTransform(reference);
	cmsCloseProfile(target);
	cmsCloseProfile(source);
}

static void
converts_within_half_a_level(void **state)
{
	(void)state;
	const struct {
		double xy[8], gamma;
	} cases[] = {
	    {{0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06},
		563.0 / 256},                                             /* Adobe RGB */
	    {{0.3127, 0.3290, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06}, 2.2}, /* Display P3 */
	    {{0.3457, 0.3585, 0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001},
		1.8}, /* ProPhoto */
	    {{0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06}, 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer bytes = saved(rgb_profile(cases[i].xy, cases[i].gamma));
		struct color_tags tags = profile_tags(&bytes, false);
		check_conversion(
		    &tags, cmsOpenProfileFromMem(bytes.data, (cmsUInt32Number)bytes.len));
		buffer_free(&bytes);
	}
	struct buffer gray = saved(gray_profile(1.8));
	struct color_tags tags = profile_tags(&gray, true);
	check_conversion(
	    &tags, cmsOpenProfileFromMem(gray.data, (cmsUInt32Number)gray.len));
	buffer_free(&gray);
}

static void
chromaticities_and_gamma_are_a_profile(void **state)
{
	(void)state;
	struct color_tags tags = {
	    .has_gamma = true, .has_chromaticities = true, .gamma = 0.4547};
	memcpy(tags.xy, adobe_xy, sizeof tags.xy);
	check_conversion(&tags, rgb_profile(adobe_xy, 1 / 0.4547));
}

static void
recognises_srgb_by_what_it_does(void **state)
{
	(void)state;
	struct buffer bytes = saved(cmsCreate_sRGBProfile());
	struct color_tags tags = profile_tags(&bytes, false);
	check_verdict(&tags, COLOR_SRGB);
	buffer_free(&bytes);
	struct color_tags measured = {.has_gamma = true,
	    .has_chromaticities = true,
	    .gamma = 0.45455,
	    .xy = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06}};
	check_verdict(&measured, COLOR_SRGB);
	check_verdict(&(struct color_tags){.srgb = true}, COLOR_SRGB);
	check_verdict(&(struct color_tags){0}, COLOR_SRGB);
}

static void
a_profile_for_other_pixels_is_not_used(void **state)
{
	(void)state;
	struct buffer rgb = saved(rgb_profile(adobe_xy, 2.2)),
		      gray = saved(gray_profile(1.8));
	struct buffer lab = saved(cmsCreateLab4Profile(NULL));
	struct buffer noise = {0};
	buffer_puts(&noise,
	    "no profile at all, but long enough to be looked at as one: "
	    "................................................................"
	    "................................................................");
	struct color_tags tags[] = {profile_tags(&rgb, true), profile_tags(&gray, false),
	    profile_tags(&lab, false), profile_tags(&noise, false)};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		check_verdict(&tags[i], COLOR_BAD_PROFILE);
	buffer_free(&rgb);
	buffer_free(&gray);
	buffer_free(&lab);
	buffer_free(&noise);
}

static void
gamma_alone_is_not_used(void **state)
{
	(void)state;
	const struct {
		double gamma;
		enum color_verdict verdict;
	} cases[] = {
	    {0.45455, COLOR_SRGB},
	    {0.45, COLOR_SRGB},
	    {1, COLOR_ODD_GAMMA},
	    {0.55, COLOR_ODD_GAMMA},
	    {0.35, COLOR_ODD_GAMMA},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_verdict(
		    &(struct color_tags){.has_gamma = true, .gamma = cases[i].gamma},
		    cases[i].verdict);
}

/* --- in files
 * ---------------------------------------------------------------------------- */

static void
tag_adobe(png_structp png, png_infop info)
{
	struct buffer bytes = saved(rgb_profile(adobe_xy, 563.0 / 256));
	png_set_iCCP(png, info, "Adobe RGB", 0, (png_const_bytep)bytes.data,
	    (png_uint_32)bytes.len);
	buffer_free(&bytes);
}

static void
tag_adobe_numbers(png_structp png, png_infop info)
{
	const double *xy = adobe_xy;
	png_set_gAMA_fixed(png, info, ADOBE_GAMMA);
	png_set_cHRM(png, info, xy[0], xy[1], xy[2], xy[3], xy[4], xy[5], xy[6], xy[7]);
}

static void
tag_srgb(png_structp png, png_infop info)
{
	struct buffer bytes = saved(cmsCreate_sRGBProfile());
	png_set_iCCP(png, info, "sRGB of some kind", 0, (png_const_bytep)bytes.data,
	    (png_uint_32)bytes.len);
	buffer_free(&bytes);
}

static void
tag_linear(png_structp png, png_infop info)
{
	png_set_gAMA_fixed(png, info, 100000);
}

/* A profile for gray levels on RGB pixels; libpng does not write one by itself. */
static void
tag_wrong(png_structp png, png_infop info)
{
	static png_byte data[] = "gray\0\0nothing that unpacks";
	png_unknown_chunk chunk = {"iCCP", data, sizeof data, PNG_HAVE_IHDR};
	png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_ALWAYS, chunk.name, 1);
	png_set_unknown_chunks(png, info, &chunk, 1);
}

static void
check_file(struct picture *p, const unsigned char rgb[3], struct diag *d)
{
	struct buffer bytes = {0};
	struct image image;
	picture_encode(p, &bytes);
	struct logo_source file = picture_file(&bytes, d);
	assert_true(png_decode(&file, &image));
	const unsigned char *got = image.indexed ? image.palette : image.memory;
	for (int c = 0; c < 3; c++)
		assert_true(abs(got[c] - rgb[c]) <= 1);
	p->has_key = image.copyable;
	image_free(&image);
	buffer_free(&bytes);
}

static void
colours_of_files_are_converted_before_they_are_blended(void **state)
{
	(void)state;
	/* by the formulas and matrices of Adobe RGB (1998) and IEC 61966-2-1 */
	static struct picture p = {.w = 1, .h = 1, .depth = 8, .tag = tag_adobe};
	struct diag d = {0};
	p.type = PNG_COLOR_TYPE_RGB;
	memcpy(p.samples, (const uint16_t[]){100, 150, 200}, 6);
	check_file(&p, (const unsigned char[]){66, 151, 203}, &d);
	assert_false(p.has_key);
	p.tag = tag_adobe_numbers;
	check_file(&p, (const unsigned char[]){66, 151, 203}, &d);
	p.type = PNG_COLOR_TYPE_RGB_ALPHA;
	p.samples[3] = 128;
	check_file(&p, (const unsigned char[]){160, 203, 229}, &d);
	p.type = PNG_COLOR_TYPE_PALETTE;
	p.tag = tag_adobe;
	p.samples[0] = 0;
	p.npalette = 1;
	p.palette[0] = (png_color){100, 150, 200};
	check_file(&p, (const unsigned char[]){66, 151, 203}, &d);
	assert_int_equal(d.n, 0);
	diag_free(&d);
}

static void
files_that_are_srgb_stay_as_they_are(void **state)
{
	(void)state;
	static struct picture p = {
	    .w = 1, .h = 1, .depth = 8, .type = PNG_COLOR_TYPE_RGB, .tag = tag_srgb};
	struct diag d = {0};
	memcpy(p.samples, (const uint16_t[]){100, 150, 200}, 6);
	check_file(&p, (const unsigned char[]){100, 150, 200}, &d);
	assert_true(p.has_key);
	assert_int_equal(d.n, 0);
	diag_free(&d);
}

static void
doubtful_colours_are_reported_and_taken_as_srgb(void **state)
{
	(void)state;
	const struct {
		void (*tag)(png_structp, png_infop);
		enum severity severity;
		const char *message;
	} cases[] = {
	    {tag_linear, SEVERITY_NOTE, "gamma of 1/1.00"},
	    {tag_wrong, SEVERITY_WARNING, "read as sRGB"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		static struct picture p = {.w = 1, .h = 1, .depth = 8};
		struct diag d = {0};
		p.type = PNG_COLOR_TYPE_RGB;
		p.tag = cases[i].tag;
		p.has_key = false;
		memcpy(p.samples, (const uint16_t[]){100, 150, 200}, 6);
		check_file(&p, (const unsigned char[]){100, 150, 200}, &d);
		assert_int_equal(d.n, 1);
		assert_int_equal(d.list[0].severity, cases[i].severity);
		assert_non_null(strstr(d.list[0].message, cases[i].message));
		diag_free(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(converts_within_half_a_level),
	    cmocka_unit_test(chromaticities_and_gamma_are_a_profile),
	    cmocka_unit_test(recognises_srgb_by_what_it_does),
	    cmocka_unit_test(a_profile_for_other_pixels_is_not_used),
	    cmocka_unit_test(gamma_alone_is_not_used),
	    cmocka_unit_test(colours_of_files_are_converted_before_they_are_blended),
	    cmocka_unit_test(files_that_are_srgb_stay_as_they_are),
	    cmocka_unit_test(doubtful_colours_are_reported_and_taken_as_srgb),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
