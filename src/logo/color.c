#include "logo/color.h"

#include <lcms2.h>
#include <lcms2_plugin.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Steps of the grid of colours by which sRGB is recognised. */
enum { PROBE_STEPS = 9 };

/* Colours that were converted, so that each is not converted over and over. */
enum { MEMORY_BITS = 12 };

struct memory {
	uint64_t key; /* the colour's components, and a bit that says that it is one */
	uint16_t converted[3];
};

struct color_conversion {
	cmsContext context;
	cmsHTRANSFORM transform;
	size_t channels;
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

/* A profile from cHRM and gAMA, or NULL when they describe no possible colours. */
static cmsHPROFILE
measured_profile(cmsContext context, const struct color_tags *tags)
{
	const double *xy = tags->xy;
	const cmsCIExyY white = {xy[0], xy[1], 1};
	const cmsCIExyYTRIPLE primaries = {
	    {xy[2], xy[3], 1}, {xy[4], xy[5], 1}, {xy[6], xy[7], 1}};
	cmsToneCurve *curve = cmsBuildGamma(context, 1 / tags->gamma);
	if (curve == NULL)
		return NULL;
	cmsToneCurve *const curves[3] = {curve, curve, curve};
	cmsHPROFILE profile = tags->gray
	    ? cmsCreateGrayProfileTHR(context, &white, curve)
	    : cmsCreateRGBProfileTHR(context, &white, &primaries, curves);
	cmsFreeToneCurve(curve);
	return profile;
}

static cmsHPROFILE
source_profile(cmsContext context, const struct color_tags *tags)
{
	if (tags->profile == NULL)
		return measured_profile(context, tags);
	cmsHPROFILE profile =
	    cmsOpenProfileFromMemTHR(context, tags->profile, tags->profile_len);
	if (profile == NULL)
		return NULL;
	cmsColorSpaceSignature expected = tags->gray ? cmsSigGrayData : cmsSigRgbData;
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
	cmsHPROFILE target = target_profile(context, tags->gray);
	cmsUInt32Number format = tags->gray ? TYPE_GRAY_16 : TYPE_RGB_16;
	cmsHTRANSFORM transform = NULL;
	if (source != NULL && target != NULL)
		transform = cmsCreateTransformTHR(context, source, format, target, format,
		    INTENT_RELATIVE_COLORIMETRIC,
		    cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
	if (source != NULL)
		cmsCloseProfile(source);
	if (target != NULL)
		cmsCloseProfile(target);
	return transform;
}

/* Whether the N components are at most a level of 8 bits away from those of BEFORE. */
static bool
same_levels(const uint16_t *before, const uint16_t *after, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (abs(before[i] - after[i]) > 257)
			return false;
	return true;
}

/* Whether CONVERSION changes nothing that 8 bits can show: the profile is sRGB, whatever
 * its name and maker. */
static bool
is_identity(struct color_conversion *conversion, bool gray)
{
	uint16_t before[PROBE_STEPS * PROBE_STEPS * 3],
	    after[PROBE_STEPS * PROBE_STEPS * 3];
	for (int r = 0; r < PROBE_STEPS; r++) {
		size_t n = 0;
		for (int gb = 0; gb < PROBE_STEPS * PROBE_STEPS; gb++) {
			int level[3] = {r, gb / PROBE_STEPS, gb % PROBE_STEPS};
			for (int i = 0; i < 3; i++, n++)
				before[n] = after[n] =
				    (uint16_t)(level[i] * 255 / (PROBE_STEPS - 1) * 257);
		}
		color_convert(conversion, after, gray ? n : n / 3);
		if (!same_levels(before, after, n))
			return false;
	}
	return true;
}

/* Chromaticities of sRGB, in the order of color_tags, and its gamma. */
static bool
measures_srgb(const struct color_tags *tags)
{
	static const double srgb[8] = {
	    0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};
	for (int i = 0; i < 8; i++)
		if (fabs(tags->xy[i] - srgb[i]) > 0.005)
			return false;
	return fabs(tags->gamma - 1 / 2.2) < 0.005;
}

enum color_verdict
color_open(const struct color_tags *tags, struct color_conversion **out)
{
	*out = NULL;
	bool measured = tags->has_gamma && tags->has_chromaticities && tags->gamma > 0;
	if (tags->srgb || (tags->profile == NULL && measured && measures_srgb(tags)))
		return COLOR_SRGB;
	if (tags->profile == NULL && !measured)
		return tags->has_gamma && fabs(tags->gamma * 2.2 - 1) > 0.05
		    ? COLOR_ODD_GAMMA
		    : COLOR_SRGB;
	struct color_conversion *conversion = memory_alloc(sizeof *conversion);
	memset(conversion, 0, sizeof *conversion);
	conversion->channels = tags->gray ? 1 : 3;
	conversion->context = context_open();
	conversion->transform = transform_open(conversion->context, tags);
	bool identity =
	    conversion->transform != NULL && is_identity(conversion, tags->gray);
	if (conversion->transform != NULL && !identity) {
		*out = conversion;
		return COLOR_CONVERT;
	}
	color_close(conversion);
	return identity ? COLOR_SRGB : COLOR_BAD_PROFILE;
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
	size_t channels = conversion->channels, len = channels * sizeof *pixels;
	for (size_t i = 0; i < n; i++, pixels += channels) {
		uint64_t key = 1;
		for (size_t c = 0; c < channels; c++)
			key = key << 16 | pixels[c];
		uint64_t slot = key * 0x9e3779b97f4a7c15U >> (64 - MEMORY_BITS);
		struct memory *memory = &conversion->memory[slot];
		if (memory->key != key) {
			memory->key = key;
			cmsDoTransform(
			    conversion->transform, pixels, memory->converted, 1);
		}
		memcpy(pixels, memory->converted, len);
	}
}
