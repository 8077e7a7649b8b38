// Ends with the status that it is told, and makes no thread.
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[])
{
    if (argc < 2)
        return 0;
    fprintf(stderr, "usage: %s\n", argv[0]);
    return atoi(argv[1]);
}
