#include "logo/color.h"

#include <lcms2.h>
#include <lcms2_plugin.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Curves of cICP (ITU-T H.273, table 3). */
enum { PQ = 16, HLG = 18 };

/* Colours that were converted, so that each is not converted over and over. */
enum { MEMORY_BITS = 12 };

struct memory {
	uint64_t key; /* the colour's components */
	uint16_t converted[3];
	bool used;
};

struct color_conversion {
	cmsContext context;
	cmsHTRANSFORM transform;
	size_t channels, made; /* before and after */
	struct memory memory[1 << MEMORY_BITS];
};

static void *
lcms_alloc(cmsContext context, cmsUInt32Number size)
{
	(void)context;
	return memory_alloc(size);
}

static void
lcms_free(cmsContext context, void *p)
{
	(void)context;
	free(p);
}

static void *
lcms_resize(cmsContext context, void *p, cmsUInt32Number size)
{
	(void)context;
	return memory_resize(p, size);
}

/* A context in which running out of memory is ours to report, and lcms2 is silent. */
static cmsContext
context_open(void)
{
	cmsPluginMemHandler memory = {
	    .base = {.Magic = cmsPluginMagicNumber,
		.ExpectedVersion = 2060,
		.Type = cmsPluginMemHandlerSig},
	    .MallocPtr = lcms_alloc,
	    .FreePtr = lcms_free,
	    .ReallocPtr = lcms_resize,
	};
	cmsContext context = cmsCreateContext(&memory, NULL);
	if (context == NULL)
		memory_exhausted();
	return context;
}

/* The curve of sRGB (IEC 61966-2-1). */
static cmsToneCurve *
srgb_curve(cmsContext context)
{
	const cmsFloat64Number parameters[5] = {
	    2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
	return cmsBuildParametricToneCurve(context, 4, parameters);
}

static struct color_light light;

/* The amount of light of a level, both from 0 to 1 (IEC 61966-2-1). */
static double
amount(double level)
{
	return level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4);
}

static void
make_light(void)
{
	size_t next = 0;
	for (int i = 0; i < 256; i++) {
		light.of[i] = (uint16_t)lround(amount(i / 255.0) * 65535);
		/* to half way to the next level */
		double end = i < 255 ? amount((i + 0.5) / 255) : 1;
		while (next < 65536 && (double)next <= end * 65535)
			light.level[next++] = (unsigned char)i;
	}
}

const struct color_light *
color_light(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, make_light);
	return &light;
}

static cmsHPROFILE
target_profile(cmsContext context, bool gray)
{
	if (!gray)
		return cmsCreate_sRGBProfileTHR(context);
	cmsToneCurve *curve = srgb_curve(context);
	cmsHPROFILE profile = cmsCreateGrayProfileTHR(context, cmsD50_xyY(), curve);
	cmsFreeToneCurve(curve);
	return profile;
}

/* x and y of white, red, green and blue by their number in cICP (ITU-T H.273, table 2);
 * NULL: they are not known. */
static const double *
cicp_primaries(int number)
{
	static const double bt709[] = {
	    0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};
	static const double bt2020[] = {
	    0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046};
	static const double p3[] = {
	    0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060};
	return number == 1 ? bt709 : number == 9 ? bt2020 : number == 12 ? p3 : NULL;
}

/* The curve by its number in cICP (table 3); NULL: it is not known. */
static cmsToneCurve *
cicp_curve(cmsContext context, int number)
{
	const cmsFloat64Number bt709[5] = {
	    1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081};
	switch (number) {
	case 1:
	case 6:
	case 14:
	case 15:
		return cmsBuildParametricToneCurve(context, 4, bt709);
	case 4:
		return cmsBuildGamma(context, 2.2);
	case 5:
		return cmsBuildGamma(context, 2.8);
	case 8:
		return cmsBuildGamma(context, 1);
	case 13:
		return srgb_curve(context);
	default:
		return NULL;
	}
}

/* A profile from cICP, or cHRM and gAMA; NULL when they describe no possible colours. */
static cmsHPROFILE
measured_profile(cmsContext context, const struct color_tags *tags)
{
	const unsigned char *cicp = tags->cicp;
	const double *xy = cicp != NULL ? cicp_primaries(cicp[0]) : tags->xy;
	if (xy == NULL || (cicp != NULL && (cicp[2] != 0 || cicp[3] != 1)))
		return NULL; /* not RGB of full range (PNG, third edition, 11.3.2.6) */
	const cmsCIExyY white = {xy[0], xy[1], 1};
	const cmsCIExyYTRIPLE primaries = {
	    {xy[2], xy[3], 1}, {xy[4], xy[5], 1}, {xy[6], xy[7], 1}};
	cmsToneCurve *curve = cicp != NULL ? cicp_curve(context, cicp[1])
					   : cmsBuildGamma(context, 1 / tags->gamma);
	if (curve == NULL)
		return NULL;
	cmsToneCurve *const curves[3] = {curve, curve, curve};
	cmsHPROFILE profile = tags->gray
	    ? cmsCreateGrayProfileTHR(context, &white, curve)
	    : cmsCreateRGBProfileTHR(context, &white, &primaries, curves);
	cmsFreeToneCurve(curve);
	return profile;
}

/* --- CMYK without a profile --------------------------------------------------- */

/* Ink as Yule and Nielsen describe it, fitted to characterization data of FOGRA39: how
 * far light spreads in paper, by how much dots of CMY and K gain at half, and how much of
 * another ink is seen below black. */
static const double SPREAD = 1.7, GAIN[4] = {0.06, 0.06, 0.06, 0.03}, BELOW_BLACK = 0.55;
enum { INK_STEPS = 9 };

/* Paper and full inks, by bits: cyan 1, magenta 2, yellow 4; then black (ISO
 * 12647-2:2004, tables 2 and 5, white backing; CIELAB, D50). */
static const cmsCIELab inks[] = {{95, 0, -2}, {55, -37, -50}, {48, 74, -3}, {24, 17, -46},
    {89, -5, 93}, {50, -65, 27}, {47, 68, 48}, {23, 0, 0}, {16, 0, 0}};

/* How much light of each kind, of what paper gives back, the inks of MASK do. */
static void
reflected(unsigned mask, double out[3])
{
	cmsCIEXYZ xyz[3];
	const cmsCIELab *const lab[3] = {&inks[0], &inks[mask & 7], &inks[8]};
	for (int i = 0; i < 3; i++)
		cmsLab2XYZ(NULL, &xyz[i], lab[i]);
	const double paper[3] = {xyz[0].X, xyz[0].Y, xyz[0].Z};
	const double ink[3] = {xyz[1].X, xyz[1].Y, xyz[1].Z};
	const double black[3] = {xyz[2].X, xyz[2].Y, xyz[2].Z};
	for (int i = 0; i < 3; i++) {
		out[i] = ink[i] / paper[i];
		if (mask & 8)
			out[i] = black[i] / paper[i] *
			    (1 - BELOW_BLACK + BELOW_BLACK * out[i]);
	}
}

/* lcms2's callback for the colour of a point in the table (Neugebauer's equations). */
static cmsInt32Number
print_ink(const cmsUInt16Number in[], cmsUInt16Number out[], void *cargo)
{
	const double(*const part)[3] = cargo;
	double sum[3] = {0};
	for (unsigned mask = 0; mask < 16; mask++) {
		double share = 1;
		for (int i = 0; i < 4; i++) {
			double dot = in[i] / 65535.0;
			dot += 4 * GAIN[i] * dot * (1 - dot);
			share *= mask >> i & 1 ? dot : 1 - dot;
		}
		for (int i = 0; i < 3; i++)
			sum[i] += share * part[mask][i];
	}
	const cmsCIEXYZ *white = cmsD50_XYZ();
	const cmsCIEXYZ xyz = {pow(sum[0], SPREAD) * white->X,
	    pow(sum[1], SPREAD) * white->Y, pow(sum[2], SPREAD) * white->Z};
	cmsCIELab lab;
	cmsXYZ2Lab(NULL, &lab, &xyz);
	cmsFloat2LabEncoded(out, &lab);
	return TRUE;
}

static cmsHPROFILE
press_profile(cmsContext context)
{
	double part[16][3];
	for (unsigned mask = 0; mask < 16; mask++) {
		reflected(mask, part[mask]);
		for (int i = 0; i < 3; i++)
			part[mask][i] = pow(part[mask][i], 1 / SPREAD);
	}
	cmsHPROFILE profile = cmsCreateProfilePlaceholder(context);
	cmsPipeline *pipeline = cmsPipelineAlloc(context, 4, 3);
	cmsStage *table = cmsStageAllocCLut16bit(context, INK_STEPS, 4, 3, NULL);
	cmsStageSampleCLut16bit(table, print_ink, part, 0);
	cmsPipelineInsertStage(pipeline, cmsAT_END, table);
	cmsSetProfileVersion(profile, 4.3);
	cmsSetDeviceClass(profile, cmsSigOutputClass);
	cmsSetColorSpace(profile, cmsSigCmykData);
	cmsSetPCS(profile, cmsSigLabData);
	cmsWriteTag(profile, cmsSigAToB0Tag, pipeline);
	cmsPipelineFree(pipeline);
	return profile;
}

/* --- conversions -------------------------------------------------------------- */

static cmsHPROFILE
source_profile(cmsContext context, const struct color_tags *tags)
{
	if (tags->profile == NULL || tags->cicp != NULL)
		return tags->cmyk ? press_profile(context)
				  : measured_profile(context, tags);
	cmsHPROFILE profile =
	    cmsOpenProfileFromMemTHR(context, tags->profile, tags->profile_len);
	if (profile == NULL)
		return NULL;
	cmsColorSpaceSignature expected = tags->gray ? cmsSigGrayData
	    : tags->cmyk                             ? cmsSigCmykData
						     : cmsSigRgbData;
	if (cmsGetColorSpace(profile) == expected)
		return profile;
	cmsCloseProfile(profile);
	return NULL;
}

/* The transform of TAGS to sRGB, or NULL.  With lcms2's optimisation of 16 bits, dark
 * colours of Adobe RGB came out 15 levels wrong. */
static cmsHTRANSFORM
transform_open(cmsContext context, const struct color_tags *tags)
{
	cmsHPROFILE source = source_profile(context, tags);
	if (source == NULL)
		return NULL;
	cmsHPROFILE target = target_profile(context, tags->gray);
	cmsUInt32Number to = tags->gray ? TYPE_GRAY_16 : TYPE_RGB_16;
	cmsUInt32Number from = tags->cmyk ? TYPE_CMYK_16 : to;
	cmsHTRANSFORM transform = cmsCreateTransformTHR(context, source, from, target, to,
	    INTENT_RELATIVE_COLORIMETRIC,
	    cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
	cmsCloseProfile(source);
	cmsCloseProfile(target);
	return transform;
}

/* Whether CONVERSION changes nothing that 8 bits can show, no component by more than a
 * level of them: the profile is sRGB, whatever its name and maker. */
static bool
is_identity(struct color_conversion *conversion)
{
	enum { N = 9 }; /* steps of the grid of colours that are tried */
	for (int i = 0; i < N * N * N; i++) {
		const int step[3] = {i / (N * N), i / N % N, i % N};
		uint16_t before[3], after[3];
		for (int c = 0; c < 3; c++)
			before[c] = after[c] = (uint16_t)(step[c] * 255 / (N - 1) * 257);
		color_convert(conversion, after, 1);
		for (int c = 0; c < 3; c++)
			if (abs(before[c] - after[c]) > 257)
				return false;
	}
	return true;
}

/* Whether chromaticities and gamma are those of sRGB. */
static bool
measures_srgb(const struct color_tags *tags)
{
	const double *srgb = cicp_primaries(1);
	for (int i = 0; i < 8; i++)
		if (fabs(tags->xy[i] - srgb[i]) > 0.005)
			return false;
	return fabs(tags->gamma - 1 / 2.2) < 0.005;
}

/* A conversion, whose transform is NULL where TAGS have a bad profile. */
static struct color_conversion *
conversion_open(const struct color_tags *tags)
{
	struct color_conversion *conversion = memory_alloc(sizeof *conversion);
	memset(conversion, 0, sizeof *conversion);
	conversion->made = tags->gray ? 1 : 3;
	conversion->channels = tags->cmyk ? 4 : conversion->made;
	conversion->context = context_open();
	conversion->transform = transform_open(conversion->context, tags);
	return conversion;
}

static enum color_verdict
open_cmyk(struct color_tags tags, struct color_conversion **out)
{
	*out = conversion_open(&tags);
	if ((*out)->transform != NULL)
		return COLOR_CONVERT;
	color_close(*out);
	tags.profile = NULL;
	*out = conversion_open(&tags);
	return COLOR_BAD_PROFILE;
}

static enum color_verdict
open_other(const struct color_tags *tags, struct color_conversion **out)
{
	struct color_conversion *conversion = conversion_open(tags);
	bool identity = conversion->transform != NULL && is_identity(conversion);
	if (conversion->transform != NULL && !identity) {
		*out = conversion;
		return COLOR_CONVERT;
	}
	color_close(conversion);
	return identity ? COLOR_SRGB : COLOR_BAD_PROFILE;
}

enum color_verdict
color_open(const struct color_tags *tags, struct color_conversion **out)
{
	*out = NULL;
	bool measured = tags->has_gamma && tags->has_chromaticities && tags->gamma > 0;
	if (tags->cmyk)
		return open_cmyk(*tags, out);
	if (tags->cicp != NULL && (tags->cicp[1] == PQ || tags->cicp[1] == HLG))
		return COLOR_HDR;
	if (tags->cicp != NULL)
		return open_other(tags, out);
	if (tags->srgb || (tags->profile == NULL && measured && measures_srgb(tags)))
		return COLOR_SRGB;
	if (tags->profile == NULL && !measured)
		return tags->has_gamma && fabs(tags->gamma * 2.2 - 1) > 0.05
		    ? COLOR_ODD_GAMMA
		    : COLOR_SRGB;
	return open_other(tags, out);
}

void
color_close(struct color_conversion *conversion)
{
	if (conversion == NULL)
		return;
	if (conversion->transform != NULL)
		cmsDeleteTransform(conversion->transform);
	cmsDeleteContext(conversion->context);
	free(conversion);
}

void
color_convert(struct color_conversion *conversion, uint16_t *pixels, size_t n)
{
	size_t channels = conversion->channels, made = conversion->made;
	uint16_t *out = pixels;
	for (size_t i = 0; i < n; i++, pixels += channels, out += made) {
		uint64_t key = 0;
		for (size_t c = 0; c < channels; c++)
			key = key << 16 | pixels[c];
		uint64_t slot = key * 0x9e3779b97f4a7c15U >> (64 - MEMORY_BITS);
		struct memory *memory = &conversion->memory[slot];
		if (memory->key != key || !memory->used) {
			memory->key = key;
			memory->used = true;
			cmsDoTransform(
			    conversion->transform, pixels, memory->converted, 1);
		}
		memcpy(out, memory->converted, made * sizeof *out);
	}
}
