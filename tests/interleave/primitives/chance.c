// Prints what would be another thing in every run.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    unsigned number;

    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return 1;
    printf("%u %d %d %ld %ld\n", number, rand(), (int)getpid(),
           (long)time(NULL), (long)clock());
    return 0;
}
