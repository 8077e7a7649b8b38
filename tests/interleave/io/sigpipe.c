// Writes to a pipe that nobody reads any more, and has made no arrangements.
#include <unistd.h>

int main(void)
{
    int pair[2];

    if (pipe(pair) != 0 || close(pair[0]) != 0)
        return 1;
    return write(pair[1], "x", 1) == 1;
}
