/* make-icc.c - make src/pdf/srgb.icc, the sRGB profile of the output intent.
 *
 *     cc tools/make-icc.c -o make-icc $(pkg-config --cflags --libs lcms2) && ./make-icc
 *
 * Not part of the build: the profile is kept beside src/pdf/icc.S, so that no version of
 * lcms2 changes the program's output.
 */
#include <lcms2.h>
#include <stdio.h>
#include <string.h>

enum { PROFILE_MAX = 4096, DATE_AT = 24, DATE_LEN = 12 };

/* 1 January 2024, midnight: year, month, day, hour, minute, second, each of 16 bits
 * (ICC.1:2010, 4.2). */
static const unsigned char date[DATE_LEN] = {0x07, 0xE8, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0};

int
main(void)
{
	unsigned char profile[PROFILE_MAX];
	cmsUInt32Number len = 0;
	cmsHPROFILE srgb = cmsCreate_sRGBProfile();
	if (srgb == NULL)
		return 1;
	cmsSetProfileVersion(srgb, 4.3);
	if (!cmsSaveProfileToMem(srgb, NULL, &len) || len > sizeof profile ||
	    !cmsSaveProfileToMem(srgb, profile, &len))
		return 1;
	cmsCloseProfile(srgb);
	memcpy(profile + DATE_AT, date, sizeof date);
	FILE *f = fopen("src/pdf/srgb.icc", "wb");
	if (f == NULL || fwrite(profile, 1, len, f) != len || fclose(f) != 0) {
		perror("src/pdf/srgb.icc");
		return 1;
	}
	return 0;
}
