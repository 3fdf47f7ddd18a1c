#include "logo/fit.h"

#include <math.h>

struct fit_size
fit_logo(struct fit_size logo, struct fit_size box)
{
	double ratio = logo.w / logo.h;
	double area = fmin(box.w * box.w / 3.6, 1.5 * box.h * box.h);
	double h = fmin(sqrt(area / ratio), fmin(box.h, box.w / ratio));
	return (struct fit_size){h * ratio, h};
}
