/* brochure - make a two-page PDF from a text, a list of cities and their logos. */
#include "brochure/run.h"
#include "diag/program.h"

int
main(int argc, char **argv)
{
	program_start(PACKAGE);
	return brochure_run(argc, argv);
}
