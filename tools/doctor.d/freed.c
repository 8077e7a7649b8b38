// Memory that is used after it was freed, for the canary.
#include <stdlib.h>

int main(void)
{
    int *volatile seat = malloc(sizeof *seat);

    if (seat == NULL)
        return 1;
    *seat = 7;
    free(seat);
    return *seat; // NOLINT: that is what it is for
}
